import { expect, test } from 'vitest';
import { pages, whole } from '#lib/charts/pieces.ts';
import { cut } from '#lib/domain/text.ts';
import * as charts from '#lib/server/charts.ts';
import { asked, deck, spotlight, spotlights } from '#lib/server/deck.ts';
import * as needs from '#lib/server/needs.ts';
import * as standings from '#lib/server/standings.ts';
import { emptyDatabase } from '../../support/database.ts';
import { add, story } from '../../support/story.ts';

const at = { meeting_id: 'rhca-24', plan_id: 'rsp-2022-2024' };
const params = { plan: 'rsp-2022-2024', meeting: 'rhca-24' };

test('a deck tells the whole, its parts, what moved and what is asked, in that order', async () => {
	const told = await deck(await story(), at);
	expect(told).toMatchObject({
		title: 'RSP 2022-2024 at RHCA-24',
		subtitle: '24th RHCA, 15 May 2023',
		basis: 'known',
		method: 'Method 1.0'
	});
	expect(told.slides.map(({ id }) => id)).toEqual([
		'overview',
		'area-FA1',
		'area-FA2',
		'coverage',
		'movement',
		'timing',
		'matrix',
		'attention',
		'needs',
		'dates'
	]);
	for (const { sentence, notes, href } of told.slides) {
		expect(sentence).toMatch(/^\S.*\.$/);
		expect(notes).not.toBe('');
		expect(href).toMatch(/^\/[a-z?]?/);
	}
});

test('a deck is plain data: it comes out of a file as it went in', async () => {
	const told = await deck(await story(), at);
	expect(JSON.parse(JSON.stringify(told))).toEqual(told);
});

test('a slide shows the figures of its chart, and the parts beside it add up to them', async () => {
	const db = await story();
	const told = await deck(db, at);
	const coverage = told.slides.find(({ id }) => id === 'coverage')!;
	expect(coverage.spec).toEqual(whole(await charts.spec(db, 'coverage', params)));
	const columns = coverage.list!.columns.map(({ label }) => label);
	expect(columns).toEqual([
		'Part of the plan',
		'Reported',
		'Confirmed unchanged',
		'Carried forward',
		'No report',
		'Expected'
	]);
	const sums = columns
		.slice(1)
		.map((_, c) => coverage.list!.rows.reduce((n, row) => n + Number(row[c + 1]!.value), 0));
	const { split } = coverage.spec!.provenance;
	expect(sums).toEqual([split!.reported, split!.confirmed, split!.carried, split!.missing, split!.expected]);
});

test('the first round has nothing to compare with, and so no slide about movement', async () => {
	const told = await deck(await story(), { ...at, meeting_id: 'rhca-23' });
	expect(told.slides.some(({ kind }) => kind === 'movement')).toBe(false);
});

test('as presented, a deck shows what had come in by the freeze', async () => {
	const db = await story();
	const frozen = { ...at, meeting_id: 'rcp-32' };
	const known = await deck(db, frozen);
	const presented = await deck(db, { ...frozen, basis: 'presented' });
	expect(presented.as_of).toMatch(/presented/);
	const moved = (one: typeof known) => one.slides.find(({ id }) => id === 'movement')!.sentence;
	// Australia corrected a step back after the freeze.
	expect(moved(presented)).toMatch(/1 initiative moved up and 1 moved down/);
	expect(moved(known)).toMatch(/1 initiative moved up and none moved down/);
});

test('what support is asked for is told in the words of those who ask, and cut where it is long', async () => {
	const db = await story();
	const long = 'Advice on law. '.repeat(1400);
	const said = {
		meeting_id: 'rcp-33',
		recorded_at: '2023-11-01T00:00:00.000Z',
		change: 'changed',
		stage: 'pilot'
	} as const;
	await add(db, 'status_update', [
		{ ...said, id: 'n1', initiative_id: 'single-window', entity_id: 'FJI', support_needed: long },
		{ ...said, id: 'n2', initiative_id: 'aeo', entity_id: 'VNM', support_needed: '  ' },
		{ ...said, id: 'n3', initiative_id: 'drill', entity_id: 'AUS', support_needed: '=HYPERLINK("x")' }
	]);
	await standings.rebuild(db);
	const told = await deck(db, { ...at, meeting_id: 'rcp-33' });
	const slide = told.slides.find(({ id }) => id === 'needs')!;
	expect(slide.sentence).toBe('2 requests for support were raised for RCP-33, by 2 Members and bodies.');
	expect(slide.list!.rows.map(([who]) => who!.value)).toEqual(['Australia', 'Fiji']);
	expect(String(slide.list!.rows[1]![2]!.value)).toMatch(/^Advice on law\. .{200,238}…$/);
	const whole = await needs.list(db, { scope_id: 'rsp-2022-2024:FA1', meeting_id: 'rcp-33' });
	expect(whole.map(({ text }) => text)).toEqual([long.trim()]);
});

test('everybody who was asked can be put in the spotlight', async () => {
	const db = await story();
	const lit = await spotlights(db, at);
	expect(lit.map(({ title }) => title)).toEqual([
		'Australia',
		'Fiji',
		'Japan',
		'Regional Office for Capacity Building',
		'Viet Nam'
	]);
	const fiji = await spotlight(db, { ...at, entity_id: 'FJI' });
	expect(lit[1]).toEqual(fiji);
	expect(fiji.list!.rows).toEqual([
		[
			{ value: 'Single window for trade', href: '/initiatives/single-window' },
			{ value: 'Partly implemented' },
			{ value: 'On track' },
			{ value: 'Reported' }
		]
	]);
	await expect(spotlight(db, { ...at, entity_id: 'ZZZ' })).rejects.toThrow('no Member or body "ZZZ"');
});

test('what no deck can be made of is refused with a sentence', async () => {
	const db = await story();
	const ask = (meeting: string, search = '', of = db) => asked(of, meeting, new URLSearchParams(search));
	await expect(ask('rhca-24')).resolves.toEqual({ ...at, basis: 'known' });
	await expect(ask('council-2022')).rejects.toThrow(/Choose a meeting that is a round/);
	await expect(ask('nothing')).rejects.toMatchObject({ status: 404 });
	await expect(ask('rhca-24', 'plan=nothing')).rejects.toMatchObject({ status: 404 });
	await expect(ask('rhca-24', 'basis=guessed')).rejects.toThrow(/basis must be one of/);
	await expect(ask('rhca-24', '', await emptyDatabase())).rejects.toMatchObject({ status: 404 });
});

test('a matrix is cut into pieces that lose no row and keep sub-regions together where they fit', async () => {
	const spec = await charts.spec(await story(), 'matrix', params);
	for (const most of [2, 3, 4, 5, 9]) {
		const pieces = pages(spec, most);
		const rows = (groups: typeof spec.groups) => groups.flatMap(({ rows }) => rows.map(({ key }) => key));
		expect(pieces.flatMap(({ groups }) => rows(groups))).toEqual(rows(spec.groups));
		for (const { groups } of pieces)
			expect(groups.reduce((n, group) => n + group.rows.length + 1, 0)).toBeLessThanOrEqual(most);
	}
	expect(pages(spec, 5).map(({ groups }) => groups.map(({ title }) => title))).toEqual([
		['East Asia', 'Pacific'],
		['South-East Asia', 'Regional bodies']
	]);
});

test('a long text is cut between words, and a long word anywhere', () => {
	expect(cut('short', 10)).toBe('short');
	expect(cut('one two three', 9)).toBe('one two…');
	expect(cut('x'.repeat(20), 5)).toBe('xxxx…');
	expect(cut('👩‍👩‍👧 family', 100)).toBe('👩‍👩‍👧 family');
});
