import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { isSqlite } from '#db/dialect.ts';
import type { Db, Reader } from '#db/open.server.ts';
import { spec } from '#lib/server/charts.ts';
import * as freezes from '#lib/server/freezes.ts';
import { addenda } from '#lib/server/freezes/addenda.ts';
import { outlook } from '#lib/server/freezes/outlook.ts';
import { isFrozen } from '#lib/server/rounds.ts';
import * as progress from '#lib/server/progress.ts';
import * as snapshots from '#lib/server/snapshots.ts';
import { verify } from '#lib/server/snapshots/verify.ts';
import * as standings from '#lib/server/standings.ts';
import * as updates from '#lib/server/updates.ts';
import { person } from '../../support/people.ts';
import { add, story } from '../../support/story.ts';

const office = { user_id: null, name: 'The office' };
const admin = { user_id: null, name: 'The administrator' };
const at = { plan_id: 'rsp-2022-2024', meeting_id: 'rcp-33' };
const presented = { ...at, basis: 'presented' as const };

/** RCP-33, frozen: Fiji is there, Australia silent, Japan back. */
async function frozen() {
	const db = await story();
	const before = await progress.byElement(db, at);
	const snapshot = await freezes.freeze(db, office, 'rcp-33');
	return { db, before, snapshot };
}

/** A report that comes when it is too late. */
async function late(db: Db, meeting_id = 'rcp-33') {
	await add(db, 'status_update', [
		{
			id: 'late',
			initiative_id: 'drill',
			entity_id: 'AUS',
			meeting_id,
			stage: 'implemented',
			change: 'changed',
			// Dated back: when we learn of it counts, not what it says.
			recorded_at: '2023-10-01T08:00:00.000Z'
		}
	]);
	await standings.recount(db, 'drill');
}

const figures = async (db: Db) =>
	progress.byElement(await snapshots.reading(db, 'rcp-33', 'presented'), presented);

test('what is frozen is what was known a moment before, and is named by its checksum', async () => {
	const { db, before, snapshot } = await frozen();
	expect(await figures(db)).toEqual(before);
	expect(snapshot).toMatchObject({
		number: 1,
		frozen_by: 'The office',
		sha256: expect.stringMatching(/^[0-9a-f]{64}$/)
	});
	expect(await isFrozen(db, 'rcp-33')).toBe(true);
	expect(await db.selectFrom('freeze').selectAll().where('meeting_id', '=', 'rcp-33').execute()).toEqual([
		{ meeting_id: 'rcp-33', frozen_at: snapshot.frozen_at, sha256: snapshot.sha256, snapshot: 1 }
	]);
	expect(await standings.verify(db)).toEqual([]);
});

test('one state of the data has one canonical form, on either engine', async () => {
	const { db } = await frozen();
	const text = await canonical(db);
	const [head, ...lines] = text.trimEnd().split('\n');
	expect(JSON.parse(head!)).toMatchObject({ form: 1, meeting: 'rcp-33', method: '1.0', number: 1 });
	const sheets = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
	const names = sheets.map(({ table, meeting }) => [table, meeting].filter(Boolean).join('/'));
	expect(names).toEqual([...names].sort());
	for (const { columns } of sheets) expect(columns).toEqual([...columns].sort());
	// The same on PostgreSQL as on SQLite; what moments and revisions are in it is left out.
	const { createHash } = await import('node:crypto');
	const steady = lines.filter((line) => !line.includes('"revision"') && !/^\["20\d\d-\S+Z",1,/.test(line));
	expect(createHash('sha256').update(steady.join('\n')).digest('hex')).toMatchInlineSnapshot(
		`"a3bd1c1b4036cb0a2d785ee5fe3f431f3cae7361d627e33314a64ec637ce763e"`
	);
});

async function canonical(db: Db) {
	const { gunzipSync } = await import('node:zlib');
	const parts = await db.selectFrom('snapshot_part').select('lines').orderBy('place').execute();
	return Buffer.concat(parts.map(({ lines }) => gunzipSync(lines))).toString();
}

test('a late report is an addendum: known now, and not in what was presented', async () => {
	const { db, before } = await frozen();
	expect(await addenda(db, 'rcp-33')).toEqual({ total: 0, rows: [] });
	await late(db);

	expect(await figures(db)).toEqual(before);
	expect((await progress.byElement(db, at)).total.implemented).toBe(before.total.implemented + 1);
	const { total, rows } = await addenda(db, 'rcp-33');
	expect(total).toBe(1);
	expect(rows).toMatchObject([
		{ id: 'late', entity: 'Australia', stage: 'implemented', presented: { freshness: 'missing' } }
	]);
});

test('of a freeze that came without a snapshot, later reports are addenda as well', async () => {
	const { total, rows } = await addenda(await story(), 'rcp-32');
	expect({ total, rows }).toMatchObject({
		total: 1,
		rows: [{ entity: 'Australia', presented: { stage: 'committed' } }]
	});
});

test('a chart says which snapshot it is drawn from, and at what moment it is live', async () => {
	const { db } = await frozen();
	const asked = { meeting: 'rcp-33' };
	const then = (await spec(db, 'stages', { ...asked, basis: 'presented' })).provenance;
	expect(then.as_of).toMatch(/^Snapshot 1 of RCP-33, frozen on \d+ [A-Z][a-z]{2} \d{4}$/);
	const now = (await spec(db, 'stages', asked)).provenance;
	expect(now.as_of).toMatch(/^Live at \d+ [A-Z][a-z]{2} \d{4}, \d\d:\d\d UTC/);
	expect([then.frozen, now.frozen]).toEqual([true, true]);
	expect((await spec(db, 'stages', { meeting: 'rhca-23' })).provenance.frozen).toBe(false);
});

test('a meeting frozen later shows the earlier one as it was presented', async () => {
	const db = await story();
	const { total } = await progress.byElement(db, { ...at, meeting_id: 'rhca-24' });
	await freezes.freeze(db, office, 'rhca-24', { leaveOutDrafts: true });
	await late(db, 'rhca-24');
	expect((await progress.byElement(db, { ...at, meeting_id: 'rhca-24' })).total).not.toEqual(total);

	await freezes.freeze(db, office, 'rcp-33');
	const then = await snapshots.reading(db, 'rcp-33', 'presented');
	const rows = await progress.overMeetings(then, { scope_id: at.plan_id, basis: 'presented' });
	expect(rows.find(({ meeting }) => meeting.id === 'rhca-24')!.tally).toEqual(total);
});

test('what both sides agreed to differ on is presented as it was agreed, without who agreed', async () => {
	const db = await story();
	const fiji = await person(db, 'national_coordinator', { entity_id: 'FJI' });
	const of = { update_id: 'single-window-fji-rhca-24', recorded_at: '2023-06-01T09:00:00.000Z' };
	await add(db, 'review', [{ ...of, verdict: 'differs', note: 'Seen', stage: 'pilot', timing: 'at_risk' }]);
	const agreement = { ...of, agreed_by: fiji.id, agreed_at: '2023-06-02T09:00:00.000Z' };
	await add(db, 'review_agreement', [agreement]);
	const said = async (reader: Reader) =>
		(await updates.ofInitiative(reader, 'single-window')).map(({ reviews }) => reviews);
	const known = await said(db);
	expect(known).toContainEqual([expect.objectContaining({ stage: 'pilot', timing: 'at_risk' })]);

	await freezes.freeze(db, office, 'rcp-33');
	await add(db, 'review', [{ ...of, recorded_at: '2023-12-01T09:00:00.000Z', verdict: 'confirmed' }]);
	expect(await said(db)).not.toEqual(known);
	expect(await said(await snapshots.reading(db, 'rcp-33', 'presented'))).toEqual(known);
	for (const name of [fiji.id, 'Seen']) expect(await canonical(db)).not.toContain(name);
});

describe('refuses, in a sentence', () => {
	test('to freeze a meeting twice', async () => {
		const { db } = await frozen();
		await expect(freezes.freeze(db, office, 'rcp-33')).rejects.toThrow(/^rcp-33 is frozen already\./);
		await expect(freezes.freeze(await story(), office, 'rcp-32')).rejects.toThrow(/frozen already/);
	});

	test('to freeze what is no round, or no meeting', async () => {
		const db = await story();
		await expect(freezes.freeze(db, office, 'council-2022')).rejects.toThrow(/is no round of reporting/);
		await expect(freezes.freeze(db, office, 'rcp-99')).rejects.toThrow(/There is no meeting "rcp-99"/);
	});

	test('to freeze over an open draft, unless it is said to be left out', async () => {
		const db = await story();
		await expect(freezes.freeze(db, office, 'rhca-24')).rejects.toThrow(
			/^Regional Office for Capacity Building has not sent what is still a draft\./
		);
		const { left_out } = await freezes.freeze(db, office, 'rhca-24', { leaveOutDrafts: true });
		expect(JSON.parse(left_out!)).toEqual(['rocb-ap']);
		expect(await canonical(db)).not.toContain('training-rocb-ap-rhca-24');
	});

	test('to freeze while a part of an answer is written and not sent', async () => {
		const db = await story();
		const draft = { meeting_id: 'rcp-33', initiative_id: 'aeo', entity_id: 'VNM', side: 'member' as const };
		await add(db, 'draft', [
			{
				id: 'd',
				...draft,
				version: 1,
				fields: '{}',
				saved_at: '2023-10-01T08:00:00.000Z',
				saved_by_name: 'A'
			}
		]);
		await expect(freezes.freeze(db, office, 'rcp-33')).rejects.toThrow(/^Viet Nam has not sent/);
	});

	test('to undo what is not frozen, or without a reason', async () => {
		const { db } = await frozen();
		await expect(freezes.unfreeze(db, admin, 'rhca-23', 'why')).rejects.toThrow(/nothing to undo/);
		await expect(freezes.unfreeze(db, admin, 'rcp-33', '  ')).rejects.toThrow(/Give the reason/);
	});
});

test('undone, a meeting is live again; its snapshot stays, and the next one is number 2', async () => {
	const { db, snapshot } = await frozen();
	await late(db);
	await freezes.unfreeze(db, admin, 'rcp-33', 'Australia was left out by mistake');
	expect(await isFrozen(db, 'rcp-33')).toBe(false);
	expect(await snapshots.reading(db, 'rcp-33', 'presented')).toBe(db);

	const second = await freezes.freeze(db, office, 'rcp-33');
	expect(second.number).toBe(2);
	expect(second.sha256).not.toBe(snapshot.sha256);
	expect(await figures(db)).toEqual(await progress.byElement(db, at));
	expect(await snapshots.list(db, 'rcp-33')).toMatchObject(
		[
			{ number: 1, sha256: snapshot.sha256, undone_by: 'The administrator', reason: /left out/ },
			{ number: 2, undone_at: null }
		].map((one) => ({ ...one, ...('reason' in one && { reason: expect.stringMatching(one.reason!) }) }))
	);
	const trail = await db.selectFrom('audit_event').select(['act', 'actor']).orderBy('seq').execute();
	expect(trail.map(({ act, actor }) => `${actor}: ${act}`)).toEqual([
		'The office: freeze',
		'The administrator: unfreeze',
		'The office: freeze'
	]);
	expect(await verify(db)).toEqual([]);
	expect(await standings.verify(db)).toEqual([]);
});

test('a freeze that came without a snapshot can be undone, and then be done properly', async () => {
	const db = await story();
	await freezes.unfreeze(db, admin, 'rcp-32', 'To have a snapshot');
	expect(await standings.verify(db)).toEqual([]);
	expect((await freezes.freeze(db, office, 'rcp-32')).number).toBe(1);
});

test('what is reported for a meeting ahead says what is to be seen before freezing', async () => {
	const seen = await outlook(await story(), 'rhca-24', 'rsp-2022-2024');
	expect(seen.drafts.map(({ name }) => name)).toEqual(['Regional Office for Capacity Building']);
	expect(seen.silent.length).toBeGreaterThan(0);
	for (const { expected } of seen.silent) expect(expected).toBeGreaterThan(0);
});

describe('a sealed snapshot', () => {
	const changes: [string, (db: Db) => { execute(db: Db): Promise<unknown> }][] = [
		['be changed', () => sql`update snapshot set number = 7`],
		['be deleted', () => sql`delete from snapshot`],
		['lose its parts', () => sql`delete from snapshot_part`],
		['have its parts changed', () => sql`update snapshot_part set name = 'head'`],
		[
			'gain a part',
			() => sql`insert into snapshot_part (meeting_id, number, place, name, lines)
				select meeting_id, number, 999, name, lines from snapshot_part where place = 1`
		],
		['be let go without a reason', () => sql`delete from ${sql.table('freeze')} where meeting_id = 'rcp-33'`],
		[
			'be put to another day',
			() => sql`update ${sql.table('freeze')} set frozen_at = '2020-01-01' where meeting_id = 'rcp-33'`
		],
		[
			'be written over',
			(db) =>
				isSqlite(db)
					? sql`insert or replace into snapshot select * from snapshot`
					: sql`insert into snapshot select * from snapshot
						on conflict (meeting_id, number) do update set revision = 0`
		],
		[
			'have its freeze written over',
			(db) =>
				isSqlite(db)
					? sql`insert or replace into freeze (meeting_id, frozen_at) values ('rcp-33', '2020-01-01')`
					: sql`insert into "freeze" (meeting_id, frozen_at) values ('rcp-33', '2020-01-01')
						on conflict (meeting_id) do update set frozen_at = excluded.frozen_at`
		],
		['be emptied', (db) => (isSqlite(db) ? sql`delete from snapshot_part` : sql`truncate snapshot cascade`)]
	];
	test.each(changes)('can not %s', async (_, change) => {
		const { db } = await frozen();
		await expect(change(db).execute(db)).rejects.toThrow(/never changes|stays frozen|undone/);
		expect(await verify(db)).toEqual([]);
	});

	test('is found out where the triggers were taken away', async () => {
		const { db } = await frozen();
		for (const table of ['snapshot', 'snapshot_part'])
			await (
				isSqlite(db)
					? sql`drop trigger ${sql.id(`${table}_refuses_update`)}`
					: sql`drop trigger ${sql.id(`${table}_refuses_update`)} on ${sql.id(table)}`
			).execute(db);
		await sql`update snapshot set method_version = '2.0'`.execute(db);
		expect(await verify(db)).toEqual([expect.stringMatching(/^Snapshot 1 of rcp-33 is not what was sealed/)]);
		await sql`update snapshot set method_version = '1.0'`.execute(db);
		expect(await verify(db)).toEqual([]);

		const { gunzipSync, gzipSync } = await import('node:zlib');
		const part = await db
			.selectFrom('snapshot_part')
			.selectAll()
			.where('name', '=', 'entity')
			.executeTakeFirstOrThrow();
		const other = gunzipSync(part.lines).toString().replace('Fiji', 'Fidji');
		await db
			.updateTable('snapshot_part')
			.set({ lines: gzipSync(other) })
			.where('name', '=', 'entity')
			.execute();
		expect(await verify(db)).toHaveLength(1);
		await expect(snapshots.reading(db, 'rcp-33', 'presented')).rejects.toThrow(/is not what was sealed/);
	});
});

test('two at once: one freezes, the other is told', async () => {
	const db = await story();
	const both = await Promise.allSettled([
		freezes.freeze(db, office, 'rcp-33'),
		freezes.freeze(db, office, 'rcp-33')
	]);
	expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
	const refused = both.find((one) => one.status === 'rejected');
	expect(String(refused!.reason)).toMatch(/is frozen already/);
	expect(await verify(db)).toEqual([]);
});
