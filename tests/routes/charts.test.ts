import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { listBehind } from '#lib/charts/address.ts';
import { questions, type BarsSpec, type Question } from '#lib/charts/spec.ts';
import { statusOf } from '#lib/domain/errors.ts';
import { readList } from '#lib/domain/schemas/filters.ts';
import * as charts from '#lib/server/charts.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import { emptyDatabase } from '../support/database.ts';
import { sizeOf } from '../support/png.ts';
import { add, story } from '../support/story.ts';
import { readXlsx } from '../support/xlsx.ts';
import { GET } from '../../src/routes/charts/[question].[format]/+server.ts';

const given: Partial<Record<Question, string>> = { member: 'entity=JPN', initiative: 'initiative=drill' };

async function ask(db: Db, question: string, format: string, search = given[question as Question] ?? '') {
	const url = new URL(`http://localhost/charts/${question}.${format}?${search}`);
	return GET({ locals: { db }, params: { question, format }, url } as unknown as Parameters<typeof GET>[0]);
}

/** The status and sentence of what was refused. */
async function refused(db: Db, question: string, format: string, search?: string) {
	const error = await ask(db, question, format, search).then(
		() => undefined,
		(error: Error) => error
	);
	return [statusOf(error), error?.message];
}

test('every question has an answer in every format', async () => {
	const db = await story();
	for (const question of questions) {
		const drawn = await ask(db, question, 'svg');
		expect(drawn.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
		expect(await drawn.text()).toMatch(/^<svg xmlns[\s\S]*<\/svg>\n$/);

		const written = await ask(db, question, 'csv');
		expect(written.headers.get('content-disposition')).toMatch(
			new RegExp(`^attachment; filename="${question}[a-zA-Z0-9-]*\\.csv"$`)
		);
		expect(parse(await written.text(), { relax_column_count: true }).length).toBeGreaterThan(2);

		const drawing = await ask(db, question, 'png');
		expect(drawing.headers.get('content-type')).toBe('image/png');
		expect(sizeOf(Buffer.from(await drawing.arrayBuffer())).width).toBeGreaterThanOrEqual(1920);

		const book = await ask(db, question, 'xlsx');
		expect(book.headers.get('content-disposition')).toMatch(
			new RegExp(`^attachment; filename="${question}[a-zA-Z0-9-]*\\.xlsx"$`)
		);
		expect((await readXlsx(new Uint8Array(await book.arrayBuffer()))).has('Data')).toBe(true);

		const spec = await (await ask(db, question, 'json')).json();
		expect(spec).toMatchObject({
			question,
			title: expect.stringMatching(/\S/),
			provenance: { method: 'Method 1.0' }
		});
	}
});

test('what is asked for wrongly is refused with a sentence that helps', async () => {
	const db = await story();
	const cases: [string, string, string, number, RegExp][] = [
		['nothing', 'svg', '', 404, /The charts are stages, coverage/],
		['stages', 'exe', '', 404, /Ask for svg, png, csv, xlsx or json/],
		['stages', 'constructor', '', 404, /Ask for svg/],
		['stages', 'svg', 'plan=nothing', 404, /no plan "nothing"/],
		['stages', 'svg', 'meeting=nothing', 404, /no meeting "nothing"/],
		['stages', 'svg', 'meeting=council-2022', 400, /it is no round/],
		['stages', 'svg', 'element=ZZ', 400, /has no element "ZZ"/],
		['stages', 'svg', 'basis=guessed', 400, /must be known or presented/],
		['stages', 'svg', 'weighting=gold', 400, /must be initiative or member/],
		['coverage', 'svg', 'weighting=member', 400, /ask the question stages/],
		['member', 'svg', '', 400, /Say which Member/],
		['member', 'svg', 'entity=nobody', 404, /no Member or body "nobody"/],
		['initiative', 'svg', '', 400, /Say which initiative/],
		['initiative', 'svg', 'initiative=nothing', 404, /no initiative "nothing"/],
		['movement', 'svg', 'meeting=rhca-23', 400, /no round before/],
		['movement', 'svg', 'from=rcp-33&to=rcp-32', 400, /must come before/],
		['movement', 'svg', 'from=nothing', 400, /no round "nothing"/],
		['matrix', 'svg', 'plan=all', 400, /shows one plan/]
	];
	for (const [question, format, search, status, sentence] of cases) {
		const [found, said] = await refused(db, question, format, search);
		expect([question, search, found]).toEqual([question, search, status]);
		expect(said).toMatch(sentence);
	}
});

describe('without anything asked for', () => {
	test('it is the tracked regional plan at the newest round with a report', async () => {
		const db = await story();
		const spec = await charts.spec(db, 'stages');
		expect(spec.panels[0]!.title).toBe('RSP 2022-2024');
		expect(spec.panels[0]!.categories.map(({ key }) => key)).toEqual(['rhca-23', 'rcp-32', 'rhca-24']);
		expect(spec.panels.slice(1).map(({ key }) => key)).toEqual(['rsp-2022-2024:FA1', 'rsp-2022-2024:FA2']);
	});
});

test('a frozen meeting is drawn as presented or as known now, and says which', async () => {
	const db = await story();
	const known = await charts.spec(db, 'stages', { meeting: 'rcp-32' });
	const presented = await charts.spec(db, 'stages', { meeting: 'rcp-32', basis: 'presented' });
	const pilots = (spec: BarsSpec) =>
		spec.panels[0]!.values[spec.series.findIndex(({ key }) => key === 'pilot')]!.at(-1);
	// Australia corrected itself from committed to pilot after the freeze.
	expect([pilots(presented), pilots(known)]).toEqual([2, 3]);
	expect(presented.provenance.as_of).toBe('As presented: RCP-32 was frozen on 20 Nov 2022');
	expect(known.provenance.as_of).toMatch(/^Live/);
	expect(presented.panels[0]!.filter).toEqual({ plan: 'rsp-2022-2024', basis: 'presented' });
});

test('every count leads to a list with as many rows', async () => {
	const db = await story();
	const lists: [string, number][] = [];
	const asked: [Question, Record<string, string>][] = [
		['stages', {}],
		['stages', { basis: 'presented', meeting: 'rcp-32' }],
		['coverage', { element: 'FA2' }],
		['timing', {}],
		['member', { entity: 'JPN' }],
		['movement', {}],
		['movement', { from: 'rhca-23', to: 'rhca-24' }],
		['movement', { element: 'FA2' }],
		['unserved', {}]
	];
	for (const [question, params] of asked) {
		const spec = (await charts.spec(db, question, params)) as BarsSpec;
		for (const panel of spec.panels)
			panel.values.forEach((of, s) =>
				of.forEach((n, c) => n !== null && lists.push([listBehind(spec, panel, s, c), n]))
			);
	}
	const matrix = await charts.spec(db, 'matrix');
	for (const { rows } of matrix.groups)
		for (const { cells } of rows)
			for (const { href, expected } of cells) if (href) lists.push([href, expected]);
	expect(lists.length).toBeGreaterThan(150);
	for (const [address, n] of lists) {
		const { filters } = readList(new URL(address, 'http://localhost').searchParams);
		expect([address, await initiatives.count(db, filters)]).toEqual([address, n]);
	}
});

test('every Member of the region is in the matrix, asked or not', async () => {
	const db = await story();
	const { groups } = await charts.spec(db, 'matrix', { meeting: 'rhca-24' });
	const names = groups.map(({ title, rows }) => [title, rows.map(({ label }) => label)]);
	expect(names).toEqual([
		['East Asia', ['Japan']],
		['Pacific', ['Australia', 'Fiji']],
		['South-East Asia', ['Viet Nam']],
		['Regional bodies', ['Regional Office for Capacity Building']]
	]);
});

test('an element with a single root is shown in what is below the root', async () => {
	const db = await story();
	await add(db, 'plan', [{ id: 'p', short_title: 'P', title: 'P', level: 'programme' }]);
	const element = (code: string, parent_id: string | null) => ({
		id: `p:${code}`,
		plan_id: 'p',
		code,
		kind: 'goal' as const,
		title: code,
		parent_id
	});
	await add(db, 'plan_element', [element('G', null), element('A', 'p:G'), element('B', 'p:G')]);
	const { columns } = await charts.spec(db, 'matrix', { plan: 'p' });
	expect(columns.map(({ label }) => label)).toEqual(['A', 'B']);
});

test('weighted by Member, the columns count Members and say so', async () => {
	const db = await story();
	const spec = await charts.spec(db, 'stages', { weighting: 'member' });
	expect(spec.unit.many).toBe('Members');
	expect(spec.title + spec.subtitle).toContain('Member');
	expect(spec.panels[0]!.categories.map(({ expected }) => expected)).toEqual([5, 5, 5]);
});

test('a milestone is not overdue before its day, though the meeting looked at comes after it', async () => {
	const db = await story();
	await db.updateTable('meeting').set({ starts_on: '2098-11-14' }).where('id', '=', 'rcp-33').execute();
	const soon = { id: 'soon', initiative_id: 'single-window', title: 'Ports connected', due_on: '2098-10-01' };
	await add(db, 'milestone', [soon]);
	const spec = await charts.spec(db, 'initiative', { initiative: 'single-window', meeting: 'rcp-33' });
	expect(spec.milestones.find(({ key }) => key === 'soon')).toMatchObject({
		slip_days: null,
		word: 'due Oct 2098'
	});
});

test('an initiative several report on has a line for each', async () => {
	const db = await story();
	const spec = await charts.spec(db, 'initiative', { initiative: 'drill', meeting: 'rhca-24' });
	expect(spec.tracks.map(({ label, steps }) => [label, steps.map(({ freshness }) => freshness)])).toEqual([
		['Australia', ['reported', 'reported', 'carried']],
		['Japan', ['reported', 'carried', 'reported']]
	]);
});

test('an empty database has no chart, and says why', async () => {
	expect(await refused(await emptyDatabase(), 'stages', 'svg')).toEqual([
		400,
		expect.stringContaining('no round of reporting yet')
	]);
});

test('any address is answered or refused, never a fault', async () => {
	const full = await story();
	const names = ['plan', 'meeting', 'from', 'to', 'basis', 'weighting', 'element', 'entity', 'initiative'];
	const values = [
		'rsp-2022-2024',
		'sp-2022-2025',
		'all',
		'rcp-32',
		'rhca-24',
		'rcp-33',
		'known',
		'presented',
		'member',
		'FA1',
		'rsp-2022-2024:FA2',
		'FJI',
		'AUS',
		'drill',
		'',
		"'",
		'\0',
		'%',
		'é'.repeat(300)
	];
	const search = fc.array(
		fc.tuple(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...values), fc.string())),
		{ maxLength: 5 }
	);
	await fc.assert(
		fc.asyncProperty(
			fc.constantFrom(...questions),
			fc.constantFrom('svg', 'csv', 'json'),
			search,
			async (question, format, pairs) => {
				const error = await ask(full, question, format, new URLSearchParams(pairs).toString()).then(
					() => undefined,
					(error: unknown) => error
				);
				if (error) expect([statusOf(error), error]).toEqual([expect.any(Number), error]);
			}
		),
		{ numRuns: 150 }
	);
});

test('a chart says that it holds made-up reports where it does, and nowhere else', async () => {
	const db = await story();
	const madeUp = { channel: 'demonstration', state: 'accepted' } as const;
	await add(db, 'submission', [{ ...madeUp, meeting_id: 'rhca-24', entity_id: 'VNM' }]);
	const says = async (question: string, search: string) =>
		(await (await ask(db, question, 'json', search)).json()).provenance.demonstration;
	expect(await says('stages', 'meeting=rhca-24')).toBe(true);
	expect(await says('stages', 'meeting=rcp-32')).toBe(false);
	expect(await says('member', 'entity=VNM&meeting=rhca-24')).toBe(true);
	expect(await says('member', 'entity=JPN&meeting=rhca-24')).toBe(false);
	expect(await says('initiative', 'initiative=aeo&meeting=rhca-24')).toBe(true);
	expect(await says('initiative', 'initiative=drill&meeting=rhca-24')).toBe(false);
	// Australia says nothing of the drill there: what it said before is carried forward.
	await add(db, 'submission', [{ ...madeUp, meeting_id: 'rhca-24', entity_id: 'AUS' }]);
	expect(await says('initiative', 'initiative=drill&meeting=rhca-24')).toBe(false);
});
