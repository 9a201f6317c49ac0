import { describe, expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { counts, movements, noted } from '#lib/domain/movement.ts';
import * as changes from '#lib/server/changes.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as progress from '#lib/server/progress.ts';
import * as renewals from '#lib/server/renewals.ts';
import * as plans from '#lib/server/plans.ts';
import { rebuild } from '#lib/server/standings.ts';
import { add, story } from '../../support/story.ts';

const plan_id = 'rsp-2022-2024';
const rounds = ['rhca-23', 'rcp-32', 'rhca-24', 'rcp-33'];
const everyTwo = rounds.flatMap((from_id, i) => rounds.slice(i + 1).map((to_id) => ({ from_id, to_id })));

test('what changed of the whole and of each part is what movement says, for any two meetings', async () => {
	const db = await story();
	for (const basis of ['known', 'presented'] as const) {
		for (const two of everyTwo) {
			const changed = await changes.between(db, { plan_id, basis, ...two });
			const moved = await progress.movement(db, { plan_id, basis, ...two });
			expect(changed.total.movement).toEqual(moved.total);
			for (const { element, movement } of changed.elements)
				expect({ element_id: element.id, ...movement }).toEqual(
					moved.elements.find(({ element_id }) => element_id === element.id)
				);
		}
	}
});

test('the Members and bodies add up to the whole', async () => {
	const db = await story();
	for (const two of everyTwo) {
		const { entities, total } = await changes.between(db, { plan_id, ...two });
		for (const how of ['panel', ...movements] as const)
			expect(entities.reduce((sum, { movement }) => sum + movement[how], 0)).toBe(total.movement[how]);
		expect(entities.reduce((sum, { now }) => sum + now.expected, 0)).toBe(total.now.expected);
		expect(entities.reduce((sum, { before }) => sum + before.expected, 0)).toBe(total.before.expected);
	}
});

async function expectLists(db: Db, asked: changes.Asked) {
	const { from_plan_id: from_plan, from_id: from, to_id: meeting, basis } = asked;
	const changed = await changes.between(db, asked);
	const count = (more: object) =>
		initiatives.count(db, {
			plan: asked.plan_id,
			meeting,
			from,
			...(from_plan && { from_plan }),
			...(basis && { basis }),
			...more
		});
	for (const how of noted) {
		expect([how, await count({ moved: how })]).toEqual([how, counts(changed.total)[how]]);
		for (const { element, ...slice } of changed.elements)
			expect([how, element.id, await count({ moved: how, element: element.id })]).toEqual([
				how,
				element.id,
				counts(slice)[how]
			]);
		for (const { entity, ...slice } of changed.entities)
			expect([how, entity.id, await count({ moved: how, entity: entity.id })]).toEqual([
				how,
				entity.id,
				counts(slice)[how]
			]);
	}
}

test('every figure has a list with as many rows', async () => {
	const db = await story();
	for (const two of everyTwo) await expectLists(db, { plan_id, ...two });
	await expectLists(db, { plan_id, from_id: 'rcp-32', to_id: 'rhca-24', basis: 'presented' });
});

test('a first report is one before which nothing was ever reported', async () => {
	const db = await story();
	const first = async (from_id: string, to_id: string) =>
		(await changes.between(db, { plan_id, from_id, to_id })).total.first;
	expect(await first('rhca-23', 'rcp-32')).toBe(0);
	expect(await first('rcp-32', 'rhca-24')).toBe(0); // Japan is back, and had reported before
	await add(db, 'status_update', [
		{
			id: 'reef',
			initiative_id: 'reef',
			entity_id: 'PLW',
			meeting_id: 'rcp-33',
			stage: 'pilot',
			change: 'new',
			recorded_at: '2023-10-01T00:00:00.000Z'
		}
	]);
	await rebuild(db);
	expect(await first('rhca-24', 'rcp-33')).toBe(1);
	expect(await first('rhca-23', 'rcp-33')).toBe(1);
});

describe('corrected', () => {
	const corrected = async (db: Db, from_id: string, to_id: string, basis?: 'presented') =>
		(await changes.between(db, { plan_id, from_id, to_id, basis })).total.corrected;

	test('is a report for the later meeting that replaced another', async () => {
		const db = await story();
		expect(await corrected(db, 'rhca-23', 'rcp-32')).toBe(1);
		expect(await corrected(db, 'rhca-23', 'rcp-32', 'presented')).toBe(0); // it came after the freeze
	});

	test('is a report for the earlier meeting that came after its freeze', async () => {
		const db = await story();
		expect(await corrected(db, 'rcp-32', 'rhca-24')).toBe(1);
		expect(await corrected(db, 'rhca-23', 'rhca-24')).toBe(0);
	});

	test('is not what is only being drafted', async () => {
		const db = await story();
		await add(db, 'submission', [{ meeting_id: 'rcp-32', entity_id: 'AUS', state: 'draft', channel: 'web' }]);
		expect(await corrected(db, 'rhca-23', 'rcp-32')).toBe(0);
	});
});

/** An older plan with the same parts, served by the same initiatives, that ended when the plan began. */
async function older(db: Db, agreed_at_id: string | null) {
	const elements = await plans.elements(db, plan_id);
	const old = (id: string) => id.replace(plan_id, 'rsp-2018-2020');
	await add(
		db,
		'plan_element',
		elements.map(({ id, parent_id, code, kind, title, position }) => ({
			id: old(id),
			plan_id: 'rsp-2018-2020',
			parent_id: parent_id && old(parent_id),
			code,
			kind,
			title,
			position
		}))
	);
	const serving = await db
		.selectFrom('contribution')
		.selectAll()
		.where('element_id', 'like', `${plan_id}:%`)
		.execute();
	await add(
		db,
		'contribution',
		serving.map((one) => ({ ...one, element_id: old(one.element_id) }))
	);
	await add(
		db,
		'alignment',
		elements.map(({ id }, i) => ({
			id: `renewed-${i}`,
			from_id: old(id),
			to_id: id,
			relation: 'equal' as const,
			agreed_at_id
		}))
	);
	await rebuild(db);
}

const renewed = { plan_id, from_plan_id: 'rsp-2018-2020' };

describe('over a renewal', () => {
	test('a plan mapped onto another by agreed equal links gives the same figures', async () => {
		const db = await story();
		await older(db, 'rcp-32');
		for (const two of everyTwo) {
			const [over, within] = [
				await changes.between(db, { ...renewed, ...two }),
				await changes.between(db, { plan_id, ...two })
			];
			expect(over.total).toEqual(within.total);
			expect(over.elements).toEqual(within.elements);
			expect(over.entities).toEqual(within.entities);
			expect(over.renewal).toMatchObject({ ended: [], begun: [] });
		}
		await expectLists(db, { ...renewed, from_id: 'rhca-23', to_id: 'rcp-32' });
	});

	test('links nobody agreed join nothing: all is new, and the old parts are ended', async () => {
		const db = await story();
		await older(db, null);
		const { total, elements, renewal } = await changes.between(db, {
			...renewed,
			from_id: 'rhca-23',
			to_id: 'rcp-32'
		});
		expect(total.before.expected).toBe(0);
		expect(total.movement).toMatchObject({ panel: 0, silent: 0, back: 0, within: null, composition: null });
		expect(total.movement.new).toBe(total.now.reported + total.now.confirmed);
		expect(elements.map(({ before }) => before.expected)).toEqual([0, 0, 0]);
		expect(renewal!.ended.map(({ code }) => code)).toEqual(['FA1', 'FA2', 'FA3']);
		expect(renewal!.begun.map(({ code }) => code)).toEqual(['FA1', 'FA2', 'FA3']);
		await expectLists(db, { ...renewed, from_id: 'rhca-23', to_id: 'rcp-32' });
	});

	test('two parts made one are counted together, each initiative once', async () => {
		const db = await story();
		await older(db, 'rcp-32');
		await db.deleteFrom('alignment').where('relation', '=', 'equal').execute();
		const link = (id: string, from: string) => ({
			id,
			from_id: `rsp-2018-2020:${from}`,
			to_id: `${plan_id}:FA1`,
			relation: 'equal' as const,
			agreed_at_id: 'rcp-32'
		});
		await add(db, 'alignment', [link('a', 'FA1'), link('b', 'FA1.a'), link('c', 'FA2')]);
		const { elements, total, renewal } = await changes.between(db, {
			...renewed,
			from_id: 'rhca-23',
			to_id: 'rcp-32'
		});
		const before = await progress.byElement(db, { plan_id, meeting_id: 'rhca-23' });
		expect(elements[0]!.before).toEqual(before.total);
		expect(total.before).toEqual(before.total);
		expect(renewal!.ended.map(({ code }) => code)).toEqual(['FA3']);
		expect(renewal!.begun.map(({ code }) => code)).toEqual(['FA2', 'FA3']);
	});

	test('the plans a plan continues are those it succeeds and those it shares an agreed equal link with', async () => {
		const db = await story();
		const before = async (id: string) => {
			const all = await plans.list(db);
			return (
				await renewals.before(
					db,
					all,
					all.find((plan) => plan.id === id)!
				)
			).map(({ id }) => id);
		};
		expect(await before(plan_id)).toEqual(['rsp-2018-2020']);
		expect(await before('rsp-2018-2020')).toEqual([]);
		await add(db, 'alignment', [
			{
				id: 'e',
				from_id: `${plan_id}:FA1`,
				to_id: 'sp-2022-2025:SO1',
				relation: 'equal',
				agreed_at_id: 'rcp-32'
			},
			{ id: 'f', from_id: `${plan_id}:FA1`, to_id: 'sp-2022-2025:SO1', relation: 'equal' }
		]);
		expect(await before(plan_id)).toEqual(['rsp-2018-2020', 'sp-2022-2025']);
		expect(await before('sp-2022-2025')).toEqual([plan_id]);
	});
});
