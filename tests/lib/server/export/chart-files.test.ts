import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cell, csv } from '#lib/charts/outputs/csv.ts';
import { dictionary } from '#lib/charts/outputs/dictionary.ts';
import { file } from '#lib/charts/outputs/file.ts';
import { light } from '#lib/charts/outputs/svg/palette.ts';
import { table } from '#lib/charts/outputs/table.ts';
import { questions } from '#lib/charts/spec.ts';
import { forXml, harmless, isFormula } from '#lib/domain/harmless.ts';
import * as charts from '#lib/server/charts.ts';
import { xlsx } from '#lib/server/export/chart-book.ts';
import { png } from '#lib/server/export/png.ts';
import { write } from '#lib/server/workbook.ts';
import { everyKind, hostile } from '../../charts/kinds.ts';
import { readPng, sizeOf } from '../../../support/png.ts';
import { story } from '../../../support/story.ts';
import { unzip } from '../../../support/unzip.ts';
import { readXlsx, rowsOf } from '../../../support/xlsx.ts';
import { elements } from '../../../support/xml.ts';

const asked: Partial<Record<string, Record<string, string>>> = {
	member: { entity: 'JPN' },
	initiative: { initiative: 'drill' }
};

/** Beginnings that make a spreadsheet reckon, and what may hide them. */
const formulas = [
	...['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', ' =1', '\u00A0=1'],
	...['\uFEFF=1', '\u200B=1', '\u202E=1', '\u0001=1', '\u2066=1', '＝1', '＋1', '－1', '＠x', '\u3000＝1']
];

describe('a chart as a workbook', () => {
	test('holds the figures of its table, row by row, and explains every column', async () => {
		const db = await story();
		for (const question of questions) {
			const spec = await charts.spec(db, question, asked[question]);
			const { columns, rows } = table(spec);
			const book = await readXlsx(await xlsx(spec));
			expect([...book.keys()]).toEqual(['Data', 'Data dictionary']);

			const read = rowsOf(book.get('Data')!);
			expect(read.slice(0, 2)).toEqual([[spec.title], [spec.subtitle]]);
			expect(read[2]![0]).toContain(spec.provenance.method);
			expect(read[2]![0]).toContain(spec.provenance.as_of);
			const top = read.findIndex((row) => row?.[0] === columns[0]!.label);
			expect(read[top]).toEqual(columns.map(({ label }) => label));
			const filled = (row: readonly unknown[] = []) => columns.map((_, c) => row[c] ?? null);
			expect(rows.map((_, r) => filled(read[top + 1 + r]))).toEqual(
				rows.map((row) => row.map(({ value }) => serial(value)))
			);

			const words = rowsOf(book.get('Data dictionary')!).slice(4);
			for (const [i, { label, means }] of dictionary(spec).entries()) {
				expect(means, `${question} ${label}`).toMatch(/\.$/);
				expect(words[i]).toEqual(['Data', label, means]);
			}
		}
	});

	test('says what a hostile name says, and none of it is a formula', async () => {
		for (const text of [hostile, '=HYPERLINK("http://x","y")', '\u0000\u0008\uD800\uFFFE]]>']) {
			for (const spec of everyKind(text)) {
				const book = await readXlsx(await xlsx(spec));
				for (const cells of book.values())
					for (const { type } of cells.values()) expect(type).not.toBe('formula');
				const { columns } = table(spec);
				const read = rowsOf(book.get('Data')!);
				expect(read.some((row) => row?.[0] === columns[0]!.label)).toBe(true);
			}
		}
	});

	test('keeps text that looks like a formula as text, even when Enter is pressed in its cell', async () => {
		const book = await readXlsx(
			await write(
				[
					{
						name: 'A',
						head: ['T'],
						columns: [{ label: 'B' }],
						rows: formulas.map((text) => [text]),
						foot: []
					}
				],
				'T'
			)
		);
		const cells = book.get('A')!;
		for (const [i, text] of formulas.entries())
			expect(cells.get(`A${i + 4}`)).toEqual({ value: forXml(text), type: 'text', format: '@' });
	});

	test('is the same, byte for byte, for the same chart', async () => {
		const [spec] = everyKind('Name');
		const first = await xlsx(spec!);
		await new Promise((resolve) => setTimeout(resolve, 2100));
		expect(Buffer.from(await xlsx(spec!)).equals(Buffer.from(first))).toBe(true);
	});

	test('takes any names for its sheets, and each of them once', async () => {
		const names = ['x'.repeat(200), 'X'.repeat(200), "'a/b'", 'a[b]', '', 'History', '😀'.repeat(40)];
		const page = (name: string) => ({ name, head: ['T'], columns: [{ label: 'A' }], rows: [], foot: [] });
		const read = [...(await readXlsx(await write(names.map(page), 'T'))).keys()];
		expect(read).toHaveLength(names.length);
		expect(new Set(read.map((name) => name.toLowerCase())).size).toBe(names.length);
		for (const name of read) {
			expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/);
			expect(name).not.toMatch(/^'|'$|^history$/i);
		}
	});

	test('holds a narrative of 20,000 letters whole, and cuts what no cell can hold', async () => {
		const texts = ['n'.repeat(20_000), 'm'.repeat(40_000)];
		const rows = texts.map((text) => [text]);
		const book = await readXlsx(
			await write([{ name: 'A', head: ['T'], columns: [{ label: 'B' }], rows, foot: [] }], 'T')
		);
		expect(book.get('A')!.get('A4')!.value).toBe(texts[0]);
		expect(String(book.get('A')!.get('A5')!.value).length).toBe(32_767);
	});
});

test('a row of a workbook is as high as its wrapped text, as far as a row can be', async () => {
	const rows = [['One line'], ['many words '.repeat(30)], ['n'.repeat(20_000)], ['海关'.repeat(40)]];
	const page = { name: 'A', head: ['T'], columns: [{ label: 'B' }], rows, foot: [] };
	const sheet = (await unzip(await write([page], 'T'))).get('xl/worksheets/sheet1.xml')!.toString();
	const heights = elements(sheet, 'row').map(({ attributes: { r, ht } }) => [Number(r), Number(ht ?? 0)]);
	const [one, words, narrative, wide] = [4, 5, 6, 7].map((r) => heights.find(([at]) => at === r)![1]);
	expect(one).toBe(0);
	// 330 letters in 60 wide are six lines, of 13 points each.
	expect(words).toBeGreaterThanOrEqual(6 * 13);
	expect(wide).toBeGreaterThanOrEqual(3 * 13);
	expect(narrative).toBe(409);
});

test('a column of a workbook holds its days, and every word of its heading', async () => {
	const columns = [{ label: 'Part' }, { label: 'Day' }, { label: 'Partly implemented', numeric: true }];
	const rows = [['FA1 Trade security and facilitation', '2021-11-15', 3]];
	const page = { name: 'A', head: ['T'], columns, rows, foot: [] };
	const sheet = (await unzip(await write([page], 'T'))).get('xl/worksheets/sheet1.xml')!.toString();
	const widths = elements(sheet, 'col').map(({ attributes }) => Number(attributes.width));
	expect(widths[1]).toBeGreaterThan('15 November 2021'.length);
	expect(widths[2]).toBeGreaterThan('implemented'.length * 1.1);
	const tall = elements(sheet, 'row').filter(({ attributes }) => Number(attributes.ht ?? 0) > 0);
	// Two lines of a heading; what is on one line is left to the program.
	expect(tall.map(({ attributes }) => attributes.r)).toEqual(['3']);
});

/** Days are counted from the end of 1899. */
function serial(value: string | number | null) {
	if (typeof value !== 'string') return value;
	if (!/^\d{4}-\d\d-\d\d$/.test(value)) return value.replace(/\r\n?/g, '\n') || null;
	return Date.parse(value) / 86_400_000 + 25_569;
}

describe('a chart as a picture', () => {
	test('is twice the size of its drawing, on paper, in our colours and with text', async () => {
		const db = await story();
		for (const question of questions) {
			const spec = await charts.spec(db, question, asked[question]);
			const [, width, height] = /width="(\d+)" height="([\d.]+)"/.exec(file(spec))!;
			const size = sizeOf(await png(spec));
			expect(size.width).toBe(2 * Number(width));
			expect(Math.abs(size.height - 2 * Number(height))).toBeLessThan(2);
		}
		const picture = readPng(await png(await charts.spec(db, 'stages')));
		expect(picture.colour(2, 2)).toBe(light.paper);
		expect(picture.count(light.ink!, { from: 60, to: 160 }), 'the title').toBeGreaterThan(200);
		for (const tone of ['stage-pilot', 'stage-partly-implemented'])
			expect(picture.count(light[tone]!), tone).toBeGreaterThan(500);
	});

	test('shows its text without a font on the machine', async () => {
		const drawn = async (name: string) => png(everyKind(name)[0]!);
		const [one, other] = [await drawn('Fiji → Việt Nam ▲ Ω Ж'), await drawn('Fiji → Việt Nam ▲ Ω Ы')];
		expect(one.equals(other)).toBe(false);
	});

	test('can be made of any name', async () => {
		for (const text of [hostile, '海关 '.repeat(40), '\u0000\uD800\uFFFE'])
			for (const spec of everyKind(text).slice(-3))
				expect(sizeOf(await png(spec)).width).toBeGreaterThan(100);
	});
});

describe('text from people in a CSV', () => {
	test('does not reckon, and numbers stay numbers', () => {
		for (const text of formulas) {
			expect(isFormula(text), JSON.stringify(text)).toBe(true);
			expect((parse(cell(text)) as string[][])[0]![0]).toMatch(/^'/);
		}
		for (const text of ['RCP-32', 'a=b', '“=”', '3 of 4', '→ up', 'é', '']) expect(harmless(text)).toBe(text);
		expect([cell(-3), cell(0), cell(1e21)]).toEqual(['-3', '0', '1e+21']);
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !isFormula(harmless(text))));
	});

	test('comes back as it was said, but for the apostrophe', () => {
		fc.assert(
			fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
				const [read] = parse(`${texts.map(cell).join(',')}\r\n`, { relax_column_count: true }) as string[][];
				const alone = texts.length === 1 && texts[0] === '';
				expect(read ?? ['']).toEqual(alone ? [''] : texts.map(harmless));
			})
		);
	});

	test('of every chart is one table that no cell of which reckons', () => {
		for (const text of formulas)
			for (const spec of everyKind(text))
				for (const row of parse(csv(spec), { relax_column_count: true }) as string[][])
					for (const read of row) expect(isFormula(read)).toBe(/^[-+]?\d+$/.test(read) && isFormula(read));
	});
});
