import { expect, test } from 'vitest';
import * as entities from '#lib/server/entities.ts';
import { add, story } from '../../support/story.ts';

test('entities are listed by name', async () => {
	const db = await story();
	await add(db, 'entity', [{ id: 'aland', kind: 'member', name: 'Åland', search_text: 'aland' }]);
	expect((await entities.list(db, { kind: 'member' })).map(({ name }) => name)).toEqual([
		'Åland',
		'Australia',
		'Fiji',
		'Japan',
		'Palau',
		'Viet Nam'
	]);
	expect(await entities.list(db)).toHaveLength(7);
	expect(Object.keys((await entities.list(db))[0]!)).not.toContain('search_text');
});

test('who is a Member depends on the day', async () => {
	const db = await story();
	expect(await entities.memberCount(db, '2011-10-31')).toBe(0);
	expect(await entities.memberCount(db, '2023-05-31')).toBe(4);
	expect(await entities.memberCount(db, '2023-06-01')).toBe(5);
	expect(
		(await entities.members(db, '2023-05-31')).map(({ name, members }) => [name, members.map(({ id }) => id)])
	).toEqual([
		['East Asia', ['JPN']],
		['Pacific', ['AUS', 'FJI']],
		['South-East Asia', ['VNM']]
	]);
});

test('the number of Members has a history, with who joined and who left', async () => {
	const db = await story();
	await add(db, 'entity', [{ id: 'TMP', kind: 'member', name: 'Guest', search_text: 'guest' }]);
	await add(db, 'membership', [{ entity_id: 'TMP', from_on: '2011-11-01', to_on: '2020-12-31' }]);
	expect(await entities.history(db)).toMatchObject([
		{ on: '2011-11-01', count: 5, left: [] },
		{ on: '2021-01-01', count: 4, joined: [], left: [{ id: 'TMP', name: 'Guest' }] },
		{ on: '2023-06-01', count: 5, joined: [{ id: 'PLW', name: 'Palau' }], left: [] }
	]);
});

test('an entity comes with its memberships, and its terms can be asked for', async () => {
	const db = await story();
	expect(await entities.get(db, 'PLW')).toMatchObject({
		name: 'Palau',
		memberships: [{ from_on: '2023-06-01' }]
	});
	expect(await entities.terms(db, { element_id: 'rsp-2022-2024:FA3' })).toMatchObject([
		{ role: 'area_coordinator', entity: 'Japan', element: 'Capacity building' }
	]);
	expect(await entities.terms(db, { entity_id: 'FJI' })).toEqual([]);
	await expect(entities.get(db, 'XXX')).rejects.toThrow('There is no Member or body "XXX".');
});

test('silent are the Members that were asked and said nothing', async () => {
	const db = await story();
	const silent = async (meeting_id: string) =>
		(await entities.silent(db, { plan_id: 'rsp-2022-2024', meeting_id })).map(({ id }) => id);
	expect(await silent('rhca-23')).toEqual([]);
	expect(await silent('rcp-32')).toEqual(['JPN']);
	expect(await silent('rhca-24')).toEqual(['AUS']);
	expect(await silent('rcp-33')).toEqual(['AUS', 'FJI', 'JPN', 'PLW', 'VNM']);
	await add(db, 'submission', [
		{
			meeting_id: 'rcp-33',
			entity_id: 'FJI',
			state: 'submitted',
			channel: 'web',
			reason: 'It starts in 2025'
		}
	]);
	expect(await silent('rcp-33'), 'to say that there is nothing is an answer').toEqual([
		'AUS',
		'JPN',
		'PLW',
		'VNM'
	]);
});
