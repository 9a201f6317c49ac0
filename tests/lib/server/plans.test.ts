import { expect, test } from 'vitest';
import * as plans from '#lib/server/plans.ts';
import { emptyDatabase } from '../../support/database.ts';
import { add, story } from '../../support/story.ts';

const plan = 'rsp-2022-2024';

test('the tracked regional plan comes first and is the one shown by default', async () => {
	const db = await story();
	expect((await plans.list(db)).map(({ id, elements }) => [id, elements])).toEqual([
		[plan, 4],
		['sp-2022-2025', 1],
		['rsp-2018-2020', 0]
	]);
	expect(await plans.current(db)).toMatchObject({ id: plan });
});

test('without a tracked plan the first is shown, and without plans none', async () => {
	const db = await emptyDatabase();
	expect(await plans.current(db)).toBeUndefined();
	await add(db, 'plan', [{ id: 'old', short_title: 'Old', title: 'Old', level: 'programme' }]);
	expect(await plans.current(db)).toMatchObject({ id: 'old' });
});

test('elements come in tree order with their depth', async () => {
	const db = await story();
	expect((await plans.elements(db, plan)).map(({ code, depth }) => [code, depth])).toEqual([
		['FA1', 0],
		['FA1.a', 1],
		['FA2', 0],
		['FA3', 0]
	]);
});

test('an element answers to its code and its aliases, and knows what is around it', async () => {
	const db = await story();
	for (const name of ['FA2', 'fa2', 'Area 2', 'enforcement and  COMPLIANCE']) {
		expect(await plans.element(db, plan, name), name).toMatchObject({ code: 'FA2' });
	}
	expect(await plans.element(db, plan, 'FA1.a')).toMatchObject({
		ancestors: [{ code: 'FA1' }],
		children: []
	});
	expect(await plans.element(db, plan, 'FA1')).toMatchObject({
		ancestors: [],
		children: [{ code: 'FA1.a' }]
	});
	await expect(plans.element(db, plan, 'FA9')).rejects.toThrow(
		'The plan "rsp-2022-2024" has no element "FA9".'
	);
	await expect(plans.get(db, 'x')).rejects.toThrow('There is no plan "x".');
});

test('an element is served by what serves it or anything below it, each initiative once', async () => {
	const db = await story();
	expect(Object.fromEntries(await plans.servedCounts(db, plan))).toEqual({
		[`${plan}:FA1`]: { main: 2, contributing: 1 },
		[`${plan}:FA1.a`]: { main: 1, contributing: 1 },
		[`${plan}:FA2`]: { main: 3, contributing: 1 },
		[`${plan}:FA3`]: { main: 0, contributing: 0 }
	});
	expect((await plans.unserved(db, plan)).map(({ code }) => code)).toEqual(['FA3']);
});

test('contributing below an element is enough to serve it', async () => {
	const db = await story();
	await add(db, 'plan_element', [
		{
			id: `${plan}:FA3.a`,
			plan_id: plan,
			code: 'FA3.a',
			kind: 'action',
			title: 'Training',
			parent_id: `${plan}:FA3`
		}
	]);
	expect((await plans.unserved(db, plan)).map(({ code }) => code)).toEqual(['FA3', 'FA3.a']);
	await add(db, 'contribution', [
		{ initiative_id: 'aeo', element_id: `${plan}:FA3.a`, role: 'contributing' }
	]);
	expect(await plans.unserved(db, plan)).toEqual([]);
});
