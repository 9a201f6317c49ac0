import fc from 'fast-check';
import { expect, test } from 'vitest';
import { insertMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { movement, type Pair } from '#lib/domain/movement.ts';
import { count } from '#lib/domain/tally.ts';
import { changes } from '#lib/domain/words.ts';
import { stages } from '#lib/domain/stage.ts';
import { timings } from '#lib/domain/timing.ts';
import * as progress from '#lib/server/progress.ts';
import * as standings from '#lib/server/standings.ts';
import { emptyDatabase } from '../../support/database.ts';
import { story } from '../../support/story.ts';

const rounds = ['rcp-31', 'rhca-23', 'rcp-32'];
const members = ['FJI', 'JPN', 'TON'];
const elements = ['p:FA1', 'p:FA1.1', 'p:FA2'];
const initiatives = ['a', 'b', 'c', 'd'];

const update = fc.record({
	initiative_id: fc.constantFrom(...initiatives),
	meeting_id: fc.constantFrom(...rounds),
	entity_id: fc.constantFrom(...members),
	stage: fc.constantFrom(...stages),
	timing: fc.constantFrom(...timings, null),
	change: fc.constantFrom(...changes),
	day: fc.integer({ min: 0, max: 700 })
});
type Made = typeof update extends fc.Arbitrary<infer T> ? T : never;

const row = ({ day, ...made }: Made, i: number) => ({
	id: `u${i}`,
	...made,
	recorded_at: new Date(Date.UTC(2021, 8, 1 + day)).toISOString()
});

/** A plan of three elements, four initiatives with two leads each, three rounds, the second one frozen. */
async function region(db: Db) {
	const text = { search_text: '' };
	await insertMany(
		db,
		'entity',
		['id', 'kind', 'name', 'search_text'],
		members.map((id) => ({ id, kind: 'member', name: id, ...text }))
	);
	await insertMany(
		db,
		'membership',
		['entity_id', 'from_on'],
		members.map((entity_id) => ({ entity_id, from_on: entity_id === 'TON' ? '2022-03-01' : '2000-01-01' }))
	);
	await insertMany(
		db,
		'plan',
		['id', 'short_title', 'title', 'level'],
		[{ id: 'p', short_title: 'P', title: 'P', level: 'regional' }]
	);
	await insertMany(
		db,
		'plan_element',
		['id', 'plan_id', 'code', 'parent_id', 'kind', 'title'],
		elements.map((id) => ({
			id,
			plan_id: 'p',
			code: id.slice(2),
			parent_id: id.includes('.') ? id.split('.')[0] : null,
			kind: 'focus_area',
			title: id
		}))
	);
	await insertMany(
		db,
		'meeting',
		['id', 'series', 'title', 'starts_on', 'opens_on', 'due_on'],
		rounds.map((id, i) => {
			const due_on = ['2021-10-15', '2022-04-15', '2022-10-15'][i];
			return { id, series: 'RCP', title: id, starts_on: due_on, opens_on: due_on, due_on };
		})
	);
	await insertMany(
		db,
		'freeze',
		['meeting_id', 'frozen_at'],
		[{ meeting_id: 'rhca-23', frozen_at: '2022-05-01T00:00:00Z' }]
	);
	await insertMany(
		db,
		'initiative',
		['id', 'title', 'starts_on', 'search_text'],
		initiatives.map((id) => ({ id, title: id, starts_on: id === 'd' ? null : '2021-01-01', ...text }))
	);
	await insertMany(
		db,
		'initiative_entity',
		['initiative_id', 'entity_id', 'role'],
		initiatives.flatMap((initiative_id, i) =>
			[members[i % 3], members[(i + 1) % 3]].map((entity_id) => ({ initiative_id, entity_id, role: 'lead' }))
		)
	);
	await insertMany(
		db,
		'contribution',
		['initiative_id', 'element_id', 'role'],
		[
			{ initiative_id: 'a', element_id: 'p:FA1', role: 'main' },
			{ initiative_id: 'a', element_id: 'p:FA1.1', role: 'main' },
			{ initiative_id: 'b', element_id: 'p:FA1.1', role: 'main' },
			{ initiative_id: 'c', element_id: 'p:FA2', role: 'main' },
			{ initiative_id: 'd', element_id: 'p:FA2', role: 'contributing' }
		]
	);
}

const record = (db: Db, rows: ReturnType<typeof row>[]) =>
	insertMany(
		db,
		'status_update',
		['id', 'initiative_id', 'meeting_id', 'entity_id', 'stage', 'timing', 'change', 'recorded_at'],
		rows
	);

const everything = async (db: Db) => ({
	tallies: (await db.selectFrom('tally').selectAll().execute()).map((r) => JSON.stringify(r)).sort(),
	standings: (await db.selectFrom('standing').selectAll().execute()).map((r) => JSON.stringify(r)).sort()
});

test('what is counted as each update comes in equals a recount from all of them', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(update, { minLength: 1, maxLength: 14 }), async (made) => {
			const db = await emptyDatabase();
			await region(db);
			await standings.rebuild(db);
			for (const [i, each] of made.entries()) {
				await record(db, [row(each, i)]);
				await standings.recount(db, each.initiative_id);
			}
			const kept = await everything(db);
			expect(await standings.verify(db)).toEqual([]);
			await standings.rebuild(db);
			expect(await everything(db)).toEqual(kept);
		}),
		{ numRuns: 15 }
	);
});

test('a tally in the database is what counting the standings gives', async () => {
	const db = await emptyDatabase();
	await region(db);
	await record(db, fc.sample(update, 40).map(row));
	await standings.rebuild(db);
	const rows = await db.selectFrom('standing').selectAll().where('basis', '=', 'known').execute();
	for (const meeting_id of rounds) {
		const { elements: counted, total } = await progress.byElement(db, { plan_id: 'p', meeting_id });
		const here = (scope: string[]) =>
			count(rows.filter((r) => r.meeting_id === meeting_id && scope.includes(r.initiative_id)));
		expect(total).toEqual(here(['a', 'b', 'c']));
		expect(counted).toEqual([
			{ element_id: 'p:FA1', tally: here(['a', 'b']) },
			{ element_id: 'p:FA1.1', tally: here(['a', 'b']) },
			{ element_id: 'p:FA2', tally: here(['c']) }
		]);
	}
});

test('movement read from the database is movement worked out pair by pair', async () => {
	const db = await emptyDatabase();
	await region(db);
	await record(db, fc.sample(update, 40).map(row));
	await standings.rebuild(db);
	const rows = await db.selectFrom('standing').selectAll().where('basis', '=', 'known').execute();
	const at = (meeting_id: string) =>
		rows.filter((r) => r.meeting_id === meeting_id && r.initiative_id !== 'd');
	const pairs: Pair[] = at('rcp-32').map((now) => ({
		before:
			at('rcp-31').find((b) => b.initiative_id === now.initiative_id && b.entity_id === now.entity_id) ??
			null,
		now,
		count: 1
	}));
	const { total } = await progress.movement(db, { plan_id: 'p', from_id: 'rcp-31', to_id: 'rcp-32' });
	expect(total).toEqual(movement(pairs, count(at('rcp-31')), count(at('rcp-32'))));
});

test('a late report changes what is known, and leaves what was presented as it was', async () => {
	const db = await emptyDatabase();
	await region(db);
	const early = {
		initiative_id: 'c',
		meeting_id: 'rhca-23',
		entity_id: 'TON',
		stage: 'pilot' as const,
		timing: null,
		change: 'changed' as const
	};
	await record(db, [{ id: 'u1', ...early, recorded_at: '2022-04-20T00:00:00Z' }]);
	await standings.rebuild(db);
	const presented = () => progress.byElement(db, { plan_id: 'p', meeting_id: 'rhca-23', basis: 'presented' });
	const before = await presented();
	expect(before.total).toMatchObject({ pilot: 1, implemented: 0 });

	await record(db, [{ id: 'u2', ...early, stage: 'implemented', recorded_at: '2022-06-01T00:00:00Z' }]);
	await standings.recount(db, 'c');
	expect(await presented()).toEqual(before);
	expect((await progress.byElement(db, { plan_id: 'p', meeting_id: 'rhca-23' })).total).toMatchObject({
		implemented: 1,
		pilot: 0
	});
});

test('a tally somebody has touched is found', async () => {
	const db = await emptyDatabase();
	await region(db);
	await standings.rebuild(db);
	await db
		.updateTable('tally')
		.set({ missing: 9, expected: 9 })
		.where('scope_id', '=', 'p:FA2')
		.where('entity_id', '=', 'all')
		.execute();
	const differences = await standings.verify(db);
	expect(differences).toContainEqual(
		expect.stringMatching(/^known figures of rcp-31, p:FA2, all: kept expected 9, missing 9\.$/)
	);
	expect(differences).toContainEqual(
		expect.stringMatching(/^known figures of rcp-31, p:FA2, all: counted expected 1, missing 1\.$/)
	);
	expect(await standings.verify(db)).toEqual(differences);
});

test('a status update can be neither changed nor deleted', async () => {
	const db = await emptyDatabase();
	await region(db);
	await record(db, [
		row(
			{
				initiative_id: 'a',
				meeting_id: 'rcp-31',
				entity_id: 'FJI',
				stage: 'pilot',
				timing: null,
				change: 'new',
				day: 1
			},
			1
		)
	]);
	await expect(db.updateTable('status_update').set({ stage: 'implemented' }).execute()).rejects.toThrow(
		/append-only/
	);
	await expect(db.deleteFrom('status_update').execute()).rejects.toThrow(/append-only/);
});

test('when what an initiative serves is changed, it leaves the figures it was in', async () => {
	const db = await emptyDatabase();
	await region(db);
	await standings.rebuild(db);
	await db
		.updateTable('contribution')
		.set({ element_id: 'p:FA2' })
		.where('initiative_id', '=', 'b')
		.execute();
	await standings.remap(db, 'b');
	expect(await standings.verify(db)).toEqual([]);
	const { elements: counted } = await progress.byElement(db, { plan_id: 'p', meeting_id: 'rhca-23' });
	expect(counted.map(({ tally }) => tally.expected)).toEqual([2, 2, 4]);
});

/** What stands for initiative `a` and Fiji, round by round. */
const ofFiji = async (db: Db, basis: 'known' | 'presented' = 'known') => {
	await standings.rebuild(db);
	const rows = await db
		.selectFrom('standing')
		.selectAll()
		.where('initiative_id', '=', 'a')
		.where('entity_id', '=', 'FJI')
		.where('basis', '=', basis)
		.execute();
	return Object.fromEntries(rows.map(({ meeting_id, freshness, stage }) => [meeting_id, [freshness, stage]]));
};
const saidByFiji = (meeting_id: string, stage: (typeof stages)[number], day: number) =>
	row({ initiative_id: 'a', meeting_id, entity_id: 'FJI', stage, timing: null, change: 'changed', day }, day);

test('the last day of a membership still counts', async () => {
	const db = await emptyDatabase();
	await region(db);
	const leave = (to_on: string) =>
		db.updateTable('membership').set({ to_on }).where('entity_id', '=', 'FJI').execute();
	await leave('2022-04-15');
	expect(Object.keys(await ofFiji(db)).sort()).toEqual(['rcp-31', 'rhca-23']);
	await leave('2022-04-14');
	expect(Object.keys(await ofFiji(db))).toEqual(['rcp-31']);
});

test('what is drafted does not stand, and who is excused is not expected', async () => {
	const db = await emptyDatabase();
	await region(db);
	await record(db, [saidByFiji('rcp-31', 'pilot', 1), saidByFiji('rhca-23', 'implemented', 200)]);
	await insertMany(
		db,
		'submission',
		['meeting_id', 'entity_id', 'state', 'channel'],
		[
			{ meeting_id: 'rhca-23', entity_id: 'FJI', state: 'draft', channel: 'web' },
			{ meeting_id: 'rcp-32', entity_id: 'FJI', state: 'excused', channel: 'web' }
		]
	);
	expect(await ofFiji(db)).toEqual({ 'rcp-31': ['reported', 'pilot'], 'rhca-23': ['carried', 'pilot'] });
});

test('implemented and confirmed by a reviewer stands beside the missing', async () => {
	const db = await emptyDatabase();
	await region(db);
	await record(db, [saidByFiji('rcp-31', 'implemented', 1)]);
	await insertMany(
		db,
		'review',
		['update_id', 'verdict', 'recorded_at'],
		[{ update_id: 'u1', verdict: 'confirmed', recorded_at: '2021-11-01T00:00:00.000Z' }]
	);
	expect((await ofFiji(db))['rcp-32']).toEqual(['missing', 'implemented']);
});

test('a round listed by hand asks only whom it lists', async () => {
	const db = await emptyDatabase();
	await region(db);
	await insertMany(
		db,
		'expectation',
		['meeting_id', 'initiative_id', 'entity_id'],
		[
			{ meeting_id: 'rhca-23', initiative_id: 'a', entity_id: 'FJI' },
			{ meeting_id: 'rcp-32', initiative_id: 'b', entity_id: 'TON' }
		]
	);
	expect(Object.keys(await ofFiji(db)).sort()).toEqual(['rcp-31', 'rhca-23']);
});

test('without a start an initiative is asked about from the due day of the round it first spoke for', async () => {
	const db = await emptyDatabase();
	await region(db);
	await db.updateTable('initiative').set({ starts_on: null }).where('id', '=', 'a').execute();
	await db.updateTable('meeting').set({ starts_on: '2022-05-20' }).where('id', '=', 'rhca-23').execute();
	await record(db, [saidByFiji('rhca-23', 'pilot', 200)]);
	expect(Object.keys(await ofFiji(db)).sort()).toEqual(['rcp-32', 'rhca-23']);
});

test('movement as presented compares what was presented, and as known what is known', async () => {
	const db = await story();
	const between = (basis: 'known' | 'presented') =>
		progress.movement(db, { plan_id: 'rsp-2022-2024', from_id: 'rhca-23', to_id: 'rcp-32', basis });
	// Australia stepped back, and put that right after the freeze.
	expect((await between('presented')).total).toMatchObject({ down: 1 });
	expect((await between('known')).total).toMatchObject({ down: 0 });
});
