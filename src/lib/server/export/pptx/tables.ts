import type { SlideList } from '#lib/charts/deck.ts';
import { shorten } from '#lib/charts/outputs/svg/text.ts';
import { number } from '#lib/charts/sentence.ts';
import type { MatrixCell, MatrixSpec } from '#lib/charts/spec.ts';
import { forXml } from '#lib/domain/harmless.ts';
import { cut } from '#lib/domain/text.ts';
import type pptxgen from 'pptxgenjs';
import type { Box } from './charts.ts';
import { ems, rowHeight } from './fit.ts';
import { colourOf, font, hairline, ink, onColour, soft } from './look.ts';

type Row = pptxgen.TableRow;

const sizes = [18, 16, 14, 13, 12, 11, 10, 9];
/** Smaller than this only when texts can't be cut any more. */
const comfortable = 12;
/** How long a text may be: few rows may say more each. */
const lengths = (rows: number) => (rows <= 4 ? [900, 400, 140, 60] : [240, 140, 90, 60]);
const line = { type: 'solid', pt: 0.5, color: hairline } as const;
const none = { type: 'none' } as const;

/**
 * Rows under headings, in type as large as lets them all stand; what even the smallest has no room for is said to be
 * left out. Tells whether something was cut.
 */
export function list(
	slide: pptxgen.Slide,
	{ columns, rows, more }: SlideList,
	box: Box,
	largest: number
): { cut: boolean } {
	const spare = more ? 0.32 : 0;
	const labels = columns.map(({ label }) => cut(forXml(label), 60));
	const { texts, widths, points, height } = laid(columns, rows, labels, box.w, (height, size, last) => {
		return size <= largest && size >= (last ? 0 : comfortable) && height + spare <= box.h;
	});
	let taken = texts.length;
	while (taken > 1 && height(taken) + 0.32 > box.h && points === sizes.at(-1)) taken--;
	const heading: Row = labels.map((text, c) => ({
		text,
		options: { bold: true, color: soft, fontSize: points - 1, align: side(columns[c]!), valign: 'bottom' }
	}));
	slide.addTable(
		[
			heading,
			...texts
				.slice(0, taken)
				.map((row): Row => row.map((text, c) => ({ text, options: { align: side(columns[c]!) } })))
		],
		{
			...box,
			h: undefined,
			colW: widths,
			fontFace: font,
			fontSize: points,
			color: ink,
			valign: 'top',
			margin: [0.03, 0.08, 0.03, 0.08],
			border: [none, none, line, none],
			objectName: 'Table'
		}
	);
	const left = texts.length - taken;
	const words = [
		...(left > 0 ? [`${number(left)} rows found no room here`] : []),
		...(more ? [more.words] : [])
	].join('; ');
	if (words)
		slide.addText(`${forXml(words)}.`, {
			x: box.x,
			y: Math.min(box.y + height(taken) + 0.06, box.y + box.h - 0.28),
			w: box.w,
			h: 0.28,
			fontFace: font,
			fontSize: 11,
			color: soft,
			margin: [0, 0.08, 0, 0.08]
		});
	return {
		cut: left > 0 || rows.some((row, r) => row.some((_, c) => texts[r]![c]!.endsWith('…')))
	};
}

/** Texts cut and set so that they fit: as long and as large as they can be, a little shorter rather than much smaller. */
function laid(
	columns: SlideList['columns'],
	rows: SlideList['rows'],
	labels: readonly string[],
	width: number,
	fits: (height: number, size: number, last: boolean) => boolean
) {
	const tried = lengths(rows.length);
	let set;
	for (const [i, longest] of tried.entries()) {
		const texts = rows.map((row) => row.map(({ value }) => cut(plain(value), longest)));
		const widths = widthsOf(columns, texts, width);
		const wide = [labels, ...texts].map((row) => row.map(ems));
		const height = (size: number, taken: number) =>
			wide.slice(0, taken + 1).reduce((sum, row) => sum + rowHeight(row, widths, size), 0);
		const found = sizes.find((size) => fits(height(size, texts.length), size, i === tried.length - 1));
		const points = found ?? sizes.at(-1)!;
		set = { texts, widths, points, height: (taken: number) => height(points, taken) };
		if (found) break;
	}
	return set!;
}

function plain(value: string | number | null) {
	return forXml(typeof value === 'number' ? number(value) : (value ?? '–')).replace(/\s+/g, ' ');
}

const side = ({ numeric }: { numeric: boolean }) => (numeric ? 'right' : 'left') as 'right' | 'left';

/** Numbers take what they need; texts share the rest by how long they are, and none breaks a word. */
function widthsOf(columns: SlideList['columns'], texts: readonly string[][], width: number) {
	const figures = columns.filter(({ numeric }) => numeric).length;
	const each = figures > 0 ? Math.min(1.25, (width * 0.75) / figures) : 0;
	const words = columns.filter(({ numeric }) => !numeric).length;
	const rest = width - each * figures;
	const longestWord = (c: number) =>
		Math.max(0, ...texts.flatMap((row) => row[c]!.split(' ').map((word) => (ems(word) * 12) / 72)));
	const least = columns.map(({ numeric }, c) =>
		numeric ? each : Math.min(longestWord(c) + 0.25, rest / words)
	);
	const weights = columns.map(({ numeric, label }, c) => {
		if (numeric) return 0;
		const mean = texts.reduce((sum, row) => sum + row[c]!.length, 0) / Math.max(texts.length, 1);
		return Math.sqrt(Math.max(mean, label.length, 8));
	});
	const spare = width - least.reduce((sum, one) => sum + one, 0);
	const total = weights.reduce((sum, one) => sum + one, 0) || 1;
	return least.map((one, c) => one + (Math.max(spare, 0) * weights[c]!) / total);
}

/** A matrix as a table: each cell in the colour of its stage, and in words. */
export function matrix(slide: pptxgen.Slide, spec: MatrixSpec, box: Box) {
	const many = spec.columns.length > 6;
	const name = many ? 2.2 : spec.columns.length > 3 ? 3.2 : 3.9;
	const each = (box.w - name) / Math.max(spec.columns.length, 1);
	const lines = spec.groups.reduce((n, { rows }) => n + rows.length + 1, 2);
	const cells = spec.groups.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
	const widest = Math.max(1, ...cells.map((cell) => ems(said(cell, many))));
	// As large as every cell keeps to one line and the rows to the slide.
	const across = Math.min(14, Math.max(12, Math.floor(((each - 0.2) * 72) / widest)));
	const down = Math.floor(((box.h / lines - 0.05) * 72) / 1.25);
	const points = Math.max(7, Math.min(down, many ? 9 : across));
	const options = { fontSize: points, color: ink };
	const heading: Row = [
		'',
		...spec.columns.map(({ label, title }) => (many ? label : `${label} ${title}`))
	].map((text) => ({
		text: cut(forXml(text), Math.floor(each * 22)),
		options: { ...options, bold: true, color: soft, align: 'center' }
	}));
	const body = spec.groups.flatMap(({ title, rows }): Row[] => [
		[
			{
				text: cut(forXml(title), 60),
				options: { ...options, color: soft, bold: true, colspan: spec.columns.length + 1 }
			}
		],
		...rows.map(({ label, cells }): Row => [
			{ text: shorten(cut(forXml(label), 80), (name - 0.3) * 72, points), options },
			...cells.map((cell) => ({ text: said(cell, many), options: { ...options, ...shade(cell) } }))
		])
	]);
	slide.addTable([heading, ...body], {
		...box,
		h: undefined,
		colW: [name, ...spec.columns.map(() => each)],
		rowH: (points * 1.22) / 72 + 0.05,
		fontFace: font,
		fontSize: points,
		valign: 'middle',
		margin: [0.015, 0.06, 0.015, 0.06],
		border: line,
		objectName: 'Matrix'
	});
}

function said({ word, expected, fresh }: MatrixCell, short: boolean) {
	if (expected === 0) return '–';
	return short ? `${word.slice(0, 12)} ${fresh}/${expected}` : `${word}, ${fresh} of ${expected}`;
}

function shade({ stage, freshness }: MatrixCell): pptxgen.TableCellProps {
	if (!stage) return { align: 'center', color: soft, italic: freshness !== 'not_expected' };
	return { align: 'center', fill: { color: colourOf(stage) }, color: onColour(stage) };
}
