import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { address, listBehind } from '#lib/charts/address.ts';
import { live } from '#lib/charts/outputs/chartjs.ts';
import { cell, csv } from '#lib/charts/outputs/csv.ts';
import { file } from '#lib/charts/outputs/file.ts';
import { html } from '#lib/charts/outputs/html.ts';
import { json } from '#lib/charts/outputs/json.ts';
import { inline, pictures } from '#lib/charts/outputs/svg.ts';
import { dodge } from '#lib/charts/outputs/svg/names.ts';
import { dark, light } from '#lib/charts/outputs/svg/palette.ts';
import { measure, shorten, wrap } from '#lib/charts/outputs/svg/text.ts';
import { table } from '#lib/charts/outputs/table.ts';
import { sentence } from '#lib/charts/outputs/words.ts';
import type { BarsSpec, ChartSpec } from '#lib/charts/spec.ts';
import { coverage } from '#lib/charts/coverage.ts';
import { stages } from '#lib/charts/stages.ts';
import { everyKind, hostile } from './kinds.ts';
import { anyTally, meeting, setting, tally, worked } from './rows.ts';

const anyBars = fc.array(anyTally, { minLength: 1, maxLength: 5 }).map((tallies) => {
	const rows = tallies.map((tally, i) => ({ meeting: meeting(`rcp-${i + 1}`), tally }));
	return coverage(rows, [{ key: 'p:A', title: 'A', filter: { element: 'p:A' }, rows }], setting);
});

/** The figures of a bar chart that are more than none, panel by panel, column by column. */
const figures = (spec: BarsSpec) =>
	spec.panels.map(({ categories, values }) =>
		categories.flatMap((_, c) => values.map((of) => of[c] ?? 0).filter((n) => n > 0))
	);

describe('every output says the same numbers', () => {
	test('the drawing', () => {
		fc.assert(
			fc.property(anyBars, (spec) => {
				const drawn = pictures(spec).map(({ body }) =>
					[...body.matchAll(/data-n="(\d+)"/g)].map(([, n]) => Number(n))
				);
				expect(drawn).toEqual(figures(spec));
				const alone = [...file(spec).matchAll(/data-n="(\d+)"/g)].map(([, n]) => Number(n));
				expect(alone).toEqual(figures(spec).flat());
			}),
			{ numRuns: 40 }
		);
	});

	test('each bar is as long as its figure', () => {
		const [picture] = pictures(stages(worked, [], setting));
		const bars = [...picture!.body.matchAll(/height="([\d.]+)"[^>]*data-n="(\d+)"/g)].map(
			([, height, n]) => Number(height) / Number(n)
		);
		expect(bars.length).toBeGreaterThan(6);
		for (const one of bars) expect(one).toBeCloseTo(bars[0]!, 1);
	});

	test('the table, where a day has its month in letters and only files write it as a number', () => {
		const spec = stages(worked, [], setting);
		const days = table(spec).rows.map((row) => row[1]!.value);
		for (const day of days) expect(day).toMatch(/^\d{4}-\d\d-\d\d$/);
		expect(html(spec)).not.toMatch(/>\d{4}-\d\d-\d\d</);
		expect(html(spec)).toMatch(/<td>[A-Z][a-z]{2} \d{4}<\/td>/);
		expect(csv(spec)).toContain(days[0]);
	});

	test('the CSV, with the list of every count', () => {
		fc.assert(
			fc.property(anyBars, (spec) => {
				const rows: Record<string, string>[] = parse(csv(spec), {
					columns: true,
					relax_column_count: true,
					skip_empty_lines: true
				});
				const written = rows.slice(0, spec.panels.flatMap(({ categories }) => categories).length);
				const expected = spec.panels.flatMap(({ categories, values }) =>
					categories.map((_, c) => values.map((of) => (of[c] === null ? '' : String(of[c]))))
				);
				expect(written.map((row) => spec.series.map(({ label }) => row[label]))).toEqual(expected);
			}),
			{ numRuns: 40 }
		);
	});

	test('the table has one name for each column, and as many cells in each row', () => {
		for (const spec of everyKind('A')) {
			const { columns, rows } = table(spec);
			expect(new Set(columns.map(({ label }) => label)).size).toBe(columns.length);
			expect(rows.length).toBeGreaterThan(0);
			for (const row of rows) expect(row).toHaveLength(columns.length);
		}
	});

	test('the JSON holds the spec as it is, its sentence and its table', () => {
		for (const spec of everyKind('A'))
			expect(JSON.parse(json(spec))).toMatchObject({ ...spec, words: sentence(spec) });
	});

	test('the configuration for Chart.js, with words and a list for every mark', () => {
		fc.assert(
			fc.property(anyBars, (spec) => {
				spec.panels.forEach((panel, p) => {
					const { config, details, groups, looks } = live(spec, p);
					expect(config.data.datasets.map(({ data }) => data)).toEqual(panel.values);
					expect(looks.map(({ texture }) => texture)).toEqual(['solid', 'solid', 'hatched', 'outlined']);
					for (const [d, i] of groups.flat()) {
						expect(details[d]![i]!.words).toContain(`: ${panel.values[d]![i]}`);
						expect(details[d]![i]!.href).toBe(listBehind(spec, panel, d, i));
					}
					expect(groups.flat()).toHaveLength(figures(spec)[p]!.length);
				});
			}),
			{ numRuns: 40 }
		);
	});

	test('lying bars and steps too', () => {
		const [, , , moved, served, , , steps] = everyKind('A');
		const xs = (spec: ChartSpec) =>
			live(spec as BarsSpec, 0).config.data.datasets.map(({ data }) =>
				data.map((at) => (at as { x: number }).x)
			);
		expect(xs(moved!)).toEqual((moved as BarsSpec).panels[0]!.values);
		expect(xs(served!)).toEqual((served as BarsSpec).panels[0]!.values);
		expect(
			live(steps as BarsSpec, 0)
				.details.flat()
				.map((one) => one!.words)
		).toEqual(['RCP-32: pilot (A)', 'RCP-32: pilot (A)', 'A: due 2022-12-01; due Dec 2022']);
	});
});

test('a meeting with a long name keeps to its column, and costs no other its name', () => {
	const rounds = ['rhca-23', 'rcp-32', 'rhca-24', 'rcp-33', 'rhca-25', 'rcp-34'].map((id) => meeting(id));
	const long = meeting('other', '2026-12-01', {
		series: 'other',
		title: 'Round between two meetings of the heads'
	});
	const rows = [...rounds, long].map((meeting) => ({ meeting, tally: tally({ pilot: 3 }) }));
	const { body } = pictures(stages(rows, [], setting))[0]!;
	for (const name of ['RHCA-23', 'RCP-34']) expect(body).toContain(`>${name}</text>`);
	expect(body).toContain('>Round</text>');
	const [, second] = /text>(?:(?!<text).)*<text[^>]*>(between[^<]*)</.exec(body) ?? [];
	expect(second).toMatch(/…$/);
});

describe('text from outside', () => {
	test.each(everyKind(hostile).map((spec) => [spec.question, spec] as const))(
		'is harmless and well formed in the drawing of %s',
		(_, spec) => {
			for (const markup of [file(spec), ...pictures(spec).map(inline)]) {
				expect(markup).not.toMatch(/<script|\p{Cc}(?<!\n)/u);
				expect(markup.replace(/<!--.*?-->/g, '')).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/);
				expect(wellFormed(markup)).toBe(true);
			}
		}
	);

	test.each(everyKind('長い名前'.repeat(50)).map((spec) => [spec.question, spec] as const))(
		'of 200 wide letters fits the drawing of %s',
		(_, spec) => {
			for (const [, words] of file(spec).matchAll(/<text[^>]*>([^<]*)<\/text>/g))
				expect(measure(words!, 11)).toBeLessThan(1000);
			for (const { body } of pictures(spec))
				for (const [, words] of body.matchAll(/<text[^>]*>([^<]*)<\/text>/g))
					expect(measure(words!, 11)).toBeLessThan(560);
		}
	);

	test('in a CSV can not become a formula', () => {
		for (const text of ['=1+1', '+1', '-1', '@x', '\t=1', ' =1', '\r=1']) expect(cell(text)).toMatch(/^"?'/);
		expect(cell(-3)).toBe('-3');
		expect(cell('a "b", c')).toBe('"a ""b"", c"');
		fc.assert(fc.property(fc.string(), (text) => !/^["]?[=+\-@\t\r]/.test(cell(text))));
	});
});

/** Every tag that opens closes again, in order. */
function wellFormed(markup: string) {
	const open: string[] = [];
	for (const [, close, name, rest] of markup.matchAll(/<(\/?)([a-zA-Z]+)((?:[^>"]|"[^"]*")*)>/g)) {
		if (rest!.endsWith('/')) continue;
		if (!close) open.push(name!);
		else if (open.pop() !== name) return false;
	}
	return open.length === 0;
}

describe('the small parts', () => {
	test('a chart and a list have one address, however the parts are ordered', () => {
		const spec = { question: 'stages' as const, params: { meeting: 'rcp-32', plan: 'a&b' } };
		expect(address(spec, 'svg')).toBe('/charts/stages.svg?plan=a%26b&meeting=rcp-32');
		const drawn = stages(
			worked,
			[{ key: 'p:A', title: 'A', filter: { element: 'p:A' }, rows: worked }],
			setting
		);
		expect(listBehind(drawn, drawn.panels[1]!, 0, 1)).toBe(
			'/initiatives?plan=rsp-2022-2024&meeting=rcp-32&element=p%3AA&stage=implemented&freshness=fresh'
		);
	});

	test('labels move apart only as far as they must, and stay inside', () => {
		expect(dodge([0, 50, 100], 15, 0, 100)).toEqual([0, 50, 100]);
		expect(dodge([50, 50], 10, 0, 100)).toEqual([45, 55]);
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 10 }), (wanted) => {
				const places = dodge(
					wanted.sort((a, b) => a - b),
					15,
					0,
					200
				);
				places.forEach((y, i) => {
					expect(y).toBeGreaterThanOrEqual(0);
					expect(y).toBeLessThanOrEqual(200.001);
					if (i > 0) expect(y - places[i - 1]!).toBeGreaterThan(14.99);
				});
			})
		);
	});

	test('shortened and wrapped text fits, and keeps whole letters', () => {
		fc.assert(
			fc.property(
				fc.string({ unit: 'grapheme', maxLength: 200 }),
				fc.integer({ min: 30, max: 400 }),
				(text, width) => {
					expect(measure(shorten(text, width, 12), 12)).toBeLessThanOrEqual(width + 0.01);
					const lines = wrap(text, width, 12, 3);
					expect(lines.length).toBeLessThanOrEqual(3);
					for (const line of lines) expect(measure(line, 12)).toBeLessThanOrEqual(width + 0.01);
				}
			)
		);
	});

	test('a drawing that travels alone has the colours of the pages', () => {
		const tokens = readFileSync('src/lib/styles/tokens.css', 'utf8');
		const [day, night] = [
			tokens.slice(0, tokens.indexOf('@media')),
			tokens.slice(tokens.indexOf('@media'), tokens.indexOf('@media print'))
		];
		const of = (css: string) =>
			Object.fromEntries(
				[...css.matchAll(/--([\w-]+):\s*(#\w+)/g)].map(([, name, colour]) => [name, colour])
			);
		const own = (colours: Record<string, string>) =>
			Object.fromEntries(
				Object.entries(colours).filter(([name]) => name !== 'reported' && name !== 'confirmed')
			);
		expect(of(day)).toMatchObject(own(light));
		expect(of(night)).toMatchObject(own(dark));
		expect(file(stages(worked, [], setting))).not.toContain('var(');
	});

	test('a mark that is used in several places brings the class along that its colours ask for', () => {
		for (const spec of everyKind('A'))
			for (const { body } of pictures(spec))
				for (const [, id] of body.matchAll(/<use [^>]*href="#([^"]+)"/g))
					expect(body).toContain(`<g id="${id}" class="wm">`);
	});

	test('every tone has its colour in the style sheet', () => {
		const sheet = readFileSync('src/lib/styles/charts.css', 'utf8');
		for (const spec of everyKind('A'))
			if (spec.kind === 'bars')
				for (const { tone, texture } of spec.series)
					if (texture === 'solid') expect(sheet).toContain(`.wm .${tone}`);
	});
});

describe('a drawing for a telephone', () => {
	test('says the same numbers as the wide one, with ids of its own, all of it inside', () => {
		for (const spec of everyKind('A name of some length')) {
			const [wide, narrow] = [file(spec), file(spec, { narrow: true })];
			const said = (svg: string) => [...svg.matchAll(/data-n="(\d+)"/g)].map(([, n]) => n);
			expect(said(narrow)).toEqual(said(wide));
			expect(narrow).toContain('width="360"');
			const ids = (svg: string) => [...svg.matchAll(/\bid="([^"]+)"/g)].map(([, id]) => id!);
			expect(ids(narrow).filter((id) => ids(wide).includes(id))).toEqual([]);
			for (const [, x, width] of narrow.matchAll(/<svg x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g))
				expect(Number(x) + Number(width)).toBeLessThanOrEqual(344.1);
		}
	});
});
