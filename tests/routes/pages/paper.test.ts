import { expect, test } from 'vitest';
import { readList } from '#lib/domain/schemas/filters.ts';
import * as charts from '#lib/server/charts.ts';
import { deck } from '#lib/server/deck.ts';
import * as freezes from '#lib/server/freezes.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as standings from '#lib/server/standings.ts';
import { load as loadElement } from '../../../src/routes/(public)/plans/[plan]/[code]/one-page/+page.server.ts';
import { load as loadMember } from '../../../src/routes/(public)/members/[entity]/one-page/+page.server.ts';
import { load as loadReport } from '../../../src/routes/(public)/meetings/[meeting]/report/+page.server.ts';
import { add, story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';
import type { Db } from '#db/open.server.ts';

const member = async (db: Db, entity: string, search = 'meeting=rhca-24') =>
	(await visit(loadMember, db, `/members/${entity}/one-page?${search}`, { entity })).page!;
const element = async (db: Db, code: string, search = 'meeting=rhca-24') =>
	(
		await visit(loadElement, db, `/plans/rsp-2022-2024/${code}/one-page?${search}`, {
			plan: 'rsp-2022-2024',
			code
		})
	).page!;
const report = (db: Db, meeting = 'rhca-24', search = '') =>
	visit(loadReport, db, `/meetings/${meeting}/report?${search}`, { meeting });

test('one page on a Member says what stands where and since when, in its own words', async () => {
	const page = await member(await story(), 'FJI');
	expect(page).toMatchObject({
		title: 'Fiji: RSP 2022-2024 at RHCA-24',
		sentence: 'Fiji reported on its one initiative for RHCA-24; it is not implemented yet.'
	});
	expect(page.lists[0]!.rows).toEqual([
		[
			{ value: 'Single window for trade', href: '/initiatives/single-window' },
			{ value: 'FA1' },
			{ value: 'Pilot → Partly implemented' },
			{ value: 'On track' },
			{ value: 'Reported' },
			{ value: 'Reported for rhca-24.' }
		]
	]);
	expect(page.foot).toContain('Method 1.0');
	expect(page.foot).toContain('1 expected');
});

test('what is carried forward brings neither its old words nor its old timing', async () => {
	const db = await story();
	const rows = (await member(db, 'AUS')).lists[0]!.rows;
	expect(rows.map((row) => row.map(({ value }) => value))).toEqual([
		['Joint drill at sea', 'FA2', 'Pilot', '–', 'Carried forward', '–']
	]);
});

test('every figure of a page leads to a list with as many rows', async () => {
	const db = await story();
	for (const page of [await member(db, 'JPN'), await element(db, 'FA2'), await element(db, 'FA1')])
		for (const { label, value, href } of page.figures) {
			const { filters } = readList(new URL(href!, 'http://localhost').searchParams);
			expect(await initiatives.count(db, filters), `${page.title}: ${label}`).toBe(
				Number(value.replace(/\D/g, ''))
			);
		}
});

test('one page on a part of the plan says who reported and who did not, and what is off track and why', async () => {
	const db = await story();
	await add(db, 'status_update', [
		{
			...{ id: 'late', initiative_id: 'drill', entity_id: 'JPN', meeting_id: 'rcp-33', change: 'changed' },
			...{
				stage: 'pilot',
				timing: 'off_track',
				reason_code: 'partner',
				progress_note: 'The ship is in dock.'
			},
			...{ support_needed: 'A ship.', recorded_at: '2023-11-01T00:00:00.000Z' }
		}
	]);
	await standings.rebuild(db);
	const page = await element(db, 'FA2', 'meeting=rcp-33');
	expect(page.paragraphs).toEqual([
		{ title: 'Reported (1):', text: 'Japan.' },
		{
			title: 'Said nothing (3):',
			text: 'Australia, Palau, Regional Office for Capacity Building.'
		}
	]);
	const [late, support] = page.lists;
	expect(late!.rows.map((row) => row.map(({ value }) => value))).toEqual([
		['Joint drill at sea', 'Japan', 'Pilot', 'Partner: The ship is in dock.']
	]);
	expect(support!.rows.map((row) => row.map(({ value }) => value))).toEqual([
		['Japan', 'Joint drill at sea', 'A ship.']
	]);
	expect((await element(db, 'FA1', 'meeting=rcp-33')).lists[0]!).toMatchObject({
		rows: [],
		none: 'Nothing was reported off track for RCP-33.'
	});
});

test('what finds no room on one side is said to be elsewhere, and nothing is cut without a word', async () => {
	const db = await story();
	const many = Array.from({ length: 40 }, (_, i) => `work-${i}`);
	await add(
		db,
		'initiative',
		many.map((id) => ({ id, title: `${id} ${'word '.repeat(60)}`, starts_on: '2022-01-01', search_text: id }))
	);
	await add(
		db,
		'initiative_entity',
		many.map((initiative_id) => ({ initiative_id, entity_id: 'FJI', role: 'lead' as const }))
	);
	await add(
		db,
		'contribution',
		many.map((initiative_id) => ({ initiative_id, element_id: 'rsp-2022-2024:FA1', role: 'main' as const }))
	);
	await add(
		db,
		'status_update',
		many.map((initiative_id) => ({
			...{
				id: `u-${initiative_id}`,
				initiative_id,
				entity_id: 'FJI',
				meeting_id: 'rhca-24',
				change: 'new' as const
			},
			...{ stage: 'pilot' as const, recorded_at: '2023-05-01T00:00:00.000Z' },
			...{ progress_note: 'n'.repeat(20_000), support_needed: 'Help! '.repeat(3000) }
		}))
	);
	await db
		.updateTable('entity')
		.set({ name: 'F'.repeat(200) })
		.where('id', '=', 'FJI')
		.execute();
	await standings.rebuild(db);
	const [all, support] = (await member(db, 'FJI')).lists;
	expect(all!.lines).toBe(1);
	expect(all!.rows.length).toBeGreaterThan(8);
	expect(all!.more!.words).toBe(`${41 - all!.rows.length} more are on the site`);
	expect(support!.rows.length).toBeGreaterThan(1);
	expect(support!.more!.words).toBe(`${40 - support!.rows.length} more are on the site`);
	for (const row of [...all!.rows, ...support!.rows])
		for (const { value } of row) expect(String(value).length).toBeLessThanOrEqual(600);
	const { report: told } = await report(db);
	const needs = told.sections.find(({ id }) => id === 'needs')!;
	expect(needs.words!.map(({ text }) => text.length)).toEqual(
		Array(40).fill('Help! '.repeat(3000).trim().length)
	);
});

test('a meeting that is no round, or a name nobody has, gets a page that helps', async () => {
	const db = await story();
	expect(
		(await visit(loadMember, db, '/members/FJI/one-page?meeting=council-2022', { entity: 'FJI' })).page
	).toBeNull();
	await expect(member(db, 'ZZZ')).rejects.toMatchObject({ status: 404 });
	await expect(element(db, 'ZZ')).rejects.toMatchObject({ status: 404 });
	await expect(element(db, 'Area 2')).rejects.toMatchObject({
		status: 301,
		location: '/plans/rsp-2022-2024/FA2/one-page?meeting=rhca-24'
	});
	await expect(report(db, 'council-2022')).rejects.toThrow('Choose a meeting that is a round');
});

test('the regional report has a section for everything, with the charts of the site and their parts', async () => {
	const db = await story();
	const { report: told } = await report(db);
	expect(told.sections.map(({ id }) => id)).toEqual([
		...['overview', 'area-FA1', 'area-FA2', 'coverage', 'movement', 'timing', 'matrix'],
		...['attention', 'needs', 'dates', 'annex']
	]);
	const params = { plan: 'rsp-2022-2024', meeting: 'rhca-24' };
	const of = (id: string) => told.sections.find((section) => section.id === id)!;
	expect(of('overview').spec).toEqual(await charts.spec(db, 'stages', params));
	expect(of('matrix').spec).toEqual(await charts.spec(db, 'matrix', params));
	expect(of('attention').sentence).toBe(
		(await deck(db, { meeting_id: 'rhca-24', plan_id: 'rsp-2022-2024' })).slides.find(
			({ id }) => id === 'attention'
		)!.sentence
	);
	const asked = of('coverage').lists[1]!;
	const sum = (label: string) => {
		const c = asked.columns.findIndex((column) => column.label === label);
		return asked.rows.reduce((n, row) => n + Number(row[c]!.value), 0);
	};
	const { split } = of('coverage').spec!.provenance;
	expect([sum('Reported'), sum('Carried forward'), sum('Expected')]).toEqual([
		split!.reported,
		split!.carried,
		split!.expected
	]);
	expect(of('annex').lists[0]!.rows).toHaveLength(split!.expected);
});

test('as presented, pages and report are those of the snapshot, whatever is renamed since', async () => {
	const db = await story();
	await freezes.freeze(db, { user_id: null, name: 'Test' }, 'rhca-24', { leaveOutDrafts: true });
	const search = 'meeting=rhca-24&basis=presented';
	const all = async () =>
		JSON.stringify([
			await member(db, 'FJI', search),
			await element(db, 'FA2', search),
			(await report(db, 'rhca-24', 'basis=presented')).report
		]);
	const before = await all();
	await db.updateTable('entity').set({ name: 'Viti' }).where('id', '=', 'FJI').execute();
	await db
		.updateTable('initiative')
		.set({ title: 'Another title' })
		.where('id', '=', 'single-window')
		.execute();
	expect(await all()).toBe(before);
	expect((await member(db, 'FJI')).title).toContain('Viti');
});
