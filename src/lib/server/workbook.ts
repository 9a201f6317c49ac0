import { forXml, isFormula } from '#lib/domain/harmless.ts';
import type { Cell, CellStyle, WriteSheet } from 'hucre/xlsx';

/** A sheet: what it is in a few lines, then a table, then what there is to know about it. */
export type Page = {
	name: string;
	/** The first line is the title. */
	head: string[];
	columns: { label: string; numeric?: boolean }[];
	rows: (string | number | null)[][];
	foot: string[];
};

// Longer than this a cell can't be.
const longestCell = 32_767;
const widest = 60;
// Nor can a row be higher, in points.
const highest = 409;
const lineHeight = 13;
const font = { name: 'Arial', size: 10 };
const soft = { rgb: '525D67' };
const wrapped = { wrapText: true, vertical: 'top' } as const;

const styles = {
	title: { font: { ...font, bold: true, size: 14 } },
	about: { font: { ...font, color: soft } },
	heading: {
		font: { ...font, bold: true },
		alignment: { ...wrapped, vertical: 'bottom' },
		border: { bottom: { style: 'thin', color: soft } }
	},
	text: { alignment: wrapped },
	// Text for good: it stays text when somebody presses Enter in its cell.
	formula: { alignment: wrapped, numFmt: '@' },
	number: { alignment: { vertical: 'top' }, numFmt: '#,##0' },
	day: { alignment: { vertical: 'top', horizontal: 'left' }, numFmt: 'd mmmm yyyy' }
} satisfies Record<string, CellStyle>;

/**
 * A workbook, the same bytes for the same pages. This is the one module that knows the library it is written with, so that
 * another can take its place.
 */
export async function write(pages: readonly Page[], title: string): Promise<Uint8Array> {
	const { writeXlsx } = await import('hucre/xlsx');
	const names = unique(pages.map(({ name }) => name));
	return writeXlsx({
		sheets: pages.map((page, i) => sheet(page, names[i]!)),
		// Without a day of its own it would carry the one on which it was asked for.
		properties: { title: forXml(title), creator: 'Waymark', created: new Date(0), modified: new Date(0) },
		defaultFont: font
	});
}

/** A sheet of nothing but rows, as a chart in a presentation keeps its data. */
export async function grid(rows: readonly (string | number | null)[][]): Promise<Uint8Array> {
	const { writeXlsx } = await import('hucre/xlsx');
	return writeXlsx({
		sheets: [{ name: 'Sheet1', rows: rows.map((row) => row.map(valueOf)) }],
		properties: { creator: 'Waymark', created: new Date(0), modified: new Date(0) }
	});
}

function sheet({ head, columns, rows, foot }: Page, name: string): WriteSheet {
	const lines: (Value | null)[][] = [];
	const cells = new Map<string, Partial<Cell>>();
	const widths = columns.map(({ label }, c) => width(label, rows, c));
	const heights = new Map<number, { height: number }>();
	const put = (values: readonly (string | number | null)[], style: (value: Value) => CellStyle) => {
		lines.push(values.map(valueOf));
		lines.at(-1)!.forEach((value, c) => {
			if (value !== null) cells.set(`${lines.length - 1},${c}`, { style: style(value) });
		});
	};
	head.forEach((line, i) => put([line], () => (i === 0 ? styles.title : styles.about)));
	put([], () => styles.text);
	const top = lines.length;
	put(
		columns.map(({ label }) => label),
		() => styles.heading
	);
	for (const row of rows) put(row, styleOf);
	// Said here: a program that opens the file leaves a row of wrapped text one line high, over the next.
	for (let at = top; at < lines.length; at++) {
		const weight = at === top ? bold : 1;
		const tall = Math.max(...lines[at]!.map((value, c) => linesOf(value, widths[c]!, weight)), 1);
		if (tall > 1) heights.set(at, { height: Math.min(highest, tall * lineHeight + 3) });
	}
	put([], () => styles.text);
	for (const line of foot) put([line], () => styles.about);
	return {
		name,
		rows: lines,
		cells,
		columns: widths.map((width) => ({ width })),
		rowDefs: heights,
		freezePane: { rows: top + 1 },
		pageSetup: {
			paperSize: 'a4',
			orientation: 'landscape',
			fitToPage: true,
			fitToWidth: 1,
			fitToHeight: 0,
			printTitlesRow: `$${top + 1}:$${top + 1}`
		},
		view: { showGridLines: false }
	};
}

type Value = Date | string | number;

function valueOf(given: string | number | null): Value | null {
	if (given === null || given === '') return null;
	return typeof given === 'number' ? given : (dayOf(given) ?? forXml(given).slice(0, longestCell));
}

function styleOf(value: Value): CellStyle {
	if (typeof value === 'number') return styles.number;
	if (value instanceof Date) return styles.day;
	return isFormula(value) ? styles.formula : styles.text;
}

/** A day is written as one, so that it can be sorted and reckoned with; everything else stays the text it is. */
function dayOf(text: string) {
	return /^\d{4}-\d\d-\d\d$/.test(text) && text > '1900-03-01' ? new Date(`${text}T00:00:00Z`) : undefined;
}

/** How much wider bold letters are, and the longest day as it is shown. */
const bold = 1.2;
const longestDay = '28 September 2022'.length;

/** Wide enough for every word of its heading, and for what is below it as it is shown. */
function width(label: string, rows: Page['rows'], c: number) {
	const words = label.split(' ').map((word) => signs(word) * bold);
	const shown = rows.map((row) => {
		const value = valueOf(row[c] ?? null);
		return value instanceof Date ? longestDay : signs(String(value ?? ''));
	});
	return Math.min(Math.ceil(Math.max(8, label.length / 2, ...words, ...shown)) + 2, widest);
}

/** The length of a text in signs. Letters of the East are twice as wide as others. */
function signs(text: string) {
	return text.length + (text.match(/[\u1100-\uFFDC]/g)?.length ?? 0);
}

/** How many lines a text takes in a column that wide, `weight` times as wide as plain letters. */
function linesOf(value: Value | null, width: number, weight: number) {
	if (typeof value !== 'string') return 1;
	// One sign of the width is the cell's edge.
	const room = width - 1;
	let lines = 0;
	for (const line of value.split('\n')) {
		let left = -1;
		for (const word of line.split(' ')) {
			const long = signs(word) * weight;
			if (long + 1 <= left) left -= long + 1;
			else {
				const taken = Math.max(1, Math.ceil(long / room));
				lines += taken;
				left = taken * room - long;
			}
		}
	}
	return lines;
}

/** Names as a workbook takes them: short, without some signs, each of them once. */
function unique(names: readonly string[]) {
	const taken = new Set(['history']);
	return names.map((name) => {
		const plain =
			name
				.replace(/[[\]:*?/\\\p{Cc}]/gu, ' ')
				.replace(/^'+|'+$/g, '')
				.trim() || 'Sheet';
		for (let n = 1; ; n++) {
			const tail = n === 1 ? '' : ` ${n}`;
			const tried = `${plain
				.slice(0, 31 - tail.length)
				.toWellFormed()
				.trim()}${tail}`;
			if (taken.has(tried.toLowerCase())) continue;
			taken.add(tried.toLowerCase());
			return tried;
		}
	});
}
