import { describe, expect, test } from 'vitest';
import type { Deck } from '#lib/charts/deck.ts';
import type { BarsSpec } from '#lib/charts/spec.ts';
import { deck } from '#lib/server/deck.ts';
import { pptx } from '#lib/server/export/pptx.ts';
import { everyKind, hostile } from '../../charts/kinds.ts';
import { readPptx } from '../../../support/pptx.ts';
import { story } from '../../../support/story.ts';

const at = { meeting_id: 'rhca-24', plan_id: 'rsp-2022-2024' };
const origin = 'https://waymark.example.org';

/** The figures of the whole, by the name of the series, where there are any. */
function figures({ stacked, series, panels: [panel] }: BarsSpec) {
	const named = series.map(({ label, shape }, s) => ({
		name: shape ? `${shape} ${label}` : label,
		values: panel!.values[s]!
	}));
	return stacked ? named.filter(({ values }) => values.some((value) => (value ?? 0) > 0)) : named;
}

describe('a deck as a presentation', () => {
	test('has the figures of every chart, in the chart and in the data one can edit', async () => {
		const told = await deck(await story(), at);
		const { slides } = await readPptx(await pptx(told, origin));
		expect(slides).toHaveLength(told.slides.length + 1);
		let seen = 0;
		for (const [i, { spec }] of told.slides.entries()) {
			const { charts } = slides[i + 1]!;
			expect(charts).toHaveLength(spec?.kind === 'bars' ? 1 : 0);
			if (spec?.kind !== 'bars') continue;
			seen++;
			const [{ series, data }] = charts as [(typeof charts)[number]];
			const wanted = figures(spec);
			if (spec.stacked) {
				expect(
					series.map(({ name, values }) => ({ name, values: values.map((value) => value ?? null) }))
				).toEqual(wanted);
				for (const [c, { label, expected = 0, fresh }] of spec.panels[0]!.categories.entries()) {
					expect(series[0]!.categories[c]).toContain(label);
					if (expected > 0) expect(series[0]!.categories[c]).toContain(`${fresh} of ${expected}`);
				}
				expect(data[0]!.slice(1)).toEqual(wanted.map(({ name }) => name));
				expect(data.slice(1).map((row) => wanted.map((_, s) => row[s + 1] ?? null))).toEqual(
					spec.panels[0]!.categories.map((_, c) => wanted.map(({ values }) => values[c]))
				);
			} else {
				expect(series[0]!.categories).toEqual(wanted.map(({ name }) => name));
				expect(series[0]!.values).toEqual(wanted.map(({ values }) => values[0]));
				expect(data.slice(1).map(([name, value]) => [name, value])).toEqual(
					wanted.map(({ name, values }) => [name, values[0]])
				);
			}
		}
		expect(seen).toBe(6);
	});

	test('says on every slide what it found, from what, and where there is more', async () => {
		const told = await deck(await story(), { ...at, meeting_id: 'rcp-32', basis: 'presented' });
		const { slides, masters } = await readPptx(await pptx(told, origin));
		expect(masters).toHaveLength(1);
		expect(slides[0]!.texts).toEqual(
			expect.arrayContaining([told.title, expect.stringContaining(told.as_of)])
		);
		for (const [i, { sentence, spec, href, notes }] of told.slides.entries()) {
			const slide = slides[i + 1]!;
			expect(slide.texts).toContain(sentence);
			const source = slide.texts.find((text) => text.startsWith(told.as_of));
			expect(source).toContain('Method 1.0');
			if (spec?.provenance.split) expect(source).toContain(`${spec.provenance.split.expected} expected`);
			expect(slide.notes).toEqual(expect.arrayContaining([sentence, notes.split('\n').at(-1)]));
			expect(slide.notes).toContain(`More: ${origin}${href}`);
			for (const alt of slide.alt) expect(alt).toContain(spec!.title);
			expect(new Set(slide.ids).size).toBe(slide.ids.length);
		}
	});

	test('shows the rows of its lists and of the matrix, in words', async () => {
		const told = await deck(await story(), at);
		const { slides } = await readPptx(await pptx(told, origin));
		const of = (id: string) => slides[told.slides.findIndex((slide) => slide.id === id) + 1]!.tables[0]!;
		const { list } = told.slides.find(({ id }) => id === 'coverage')!;
		expect(of('coverage')).toEqual([
			list!.columns.map(({ label }) => label),
			...list!.rows.map((row) => row.map(({ value }) => String(value ?? '–')))
		]);
		const matrix = of('matrix');
		expect(matrix[0]).toEqual([
			'',
			'FA1 Trade security and facilitation',
			'FA2 Compliance and enforcement',
			'FA3 Capacity building'
		]);
		expect(matrix.find(([name]) => name === 'Fiji')).toEqual([
			'Fiji',
			'Partly implemented, 1 of 1',
			'–',
			'–'
		]);
	});

	test('draws what is carried hatched and what is missing in outline', async () => {
		const told = await deck(await story(), { ...at, meeting_id: 'rcp-33' });
		const { slides } = await readPptx(await pptx(told, origin));
		const { xml } = slides[told.slides.findIndex(({ id }) => id === 'coverage') + 1]!.charts[0]!;
		const series = xml.split('<c:ser>').slice(1);
		const textures = series.map((one) =>
			one.includes('<a:pattFill') ? 'hatched' : one.includes('<c:spPr><a:noFill/>') ? 'outlined' : 'solid'
		);
		expect(textures).toEqual(['solid', 'solid', 'hatched', 'outlined']);
	});

	test('is the same, byte for byte, for the same deck, and stays small', async () => {
		const told = await deck(await story(), at);
		const twenty = { ...told, slides: [...told.slides, ...told.slides].slice(0, 19) };
		const first = await pptx(twenty, origin);
		expect(first.length).toBeLessThan(2_000_000);
		await new Promise((resolve) => setTimeout(resolve, 2100));
		expect((await pptx(twenty, origin)).equals(first)).toBe(true);
	});

	test('holds names of 200 letters, narratives of 20,000, and names nobody would wish for', async () => {
		for (const text of ['W'.repeat(200), hostile, '=HYPERLINK("http://x")', '\u0000\uD800\uFFFE]]>&lt;']) {
			const { slides } = await readPptx(await pptx(strange(text), origin));
			for (const { charts } of slides)
				for (const { cells } of charts)
					for (const { type } of cells.values()) expect(type).not.toBe('formula');
		}
		const { slides } = await readPptx(await pptx(strange('word '.repeat(4000)), origin));
		for (const { texts } of slides) for (const text of texts) expect(text.length).toBeLessThan(1000);
		expect(slides.at(-1)!.texts.join(' ')).toContain('Long texts are cut short here; in full at /');
	});
});

/** A deck all of whose words are the same. */
function strange(text: string): Deck {
	const cell = { value: text };
	const column = (key: string) => ({ key, label: text, numeric: false });
	return {
		title: text,
		subtitle: text,
		meeting: { id: 'm', name: text, title: text, starts_on: '2022-11-14', frozen_at: null },
		plan: { id: 'p', short_title: text, title: text },
		basis: 'known',
		as_of: 'Live',
		method: 'Method 1.0',
		demonstration: false,
		slides: everyKind(text).map((spec, i) => ({
			id: `s${i}`,
			kind: 'overview',
			title: text,
			sentence: text,
			notes: text.slice(0, 500),
			spec,
			list: { columns: [column('a'), column('b')], rows: Array(30).fill([cell, cell]), more: null },
			href: '/'
		}))
	};
}
