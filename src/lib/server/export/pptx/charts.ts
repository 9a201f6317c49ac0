import { monthOf, number } from '#lib/charts/sentence.ts';
import { sentence } from '#lib/charts/outputs/words.ts';
import type { BarsSpec, Category, Panel, Series, Texture, Tone } from '#lib/charts/spec.ts';
import { forXml } from '#lib/domain/harmless.ts';
import { cut } from '#lib/domain/text.ts';
import type pptxgen from 'pptxgenjs';
import { colourOf, font, ink, onColour, soft } from './look.ts';

export type Box = { x: number; y: number; w: number; h: number };

/** A chart that was put on a slide, and what its file has still to be told: fills, and its own data. */
export type Placed = {
	/** A series each; where the chart has only one, a point each. */
	fills: { tone: Tone; texture: Texture }[];
	byPoint: boolean;
	/** Whose figures find no room: the category's place, for each series. */
	hidden: number[][];
	grid: (string | number | null)[][];
};

// Where inside its box a chart draws its bars, as fractions: the rest is for names.
const columnsIn = { x: 0.01, y: 0.09, w: 0.78, h: 0.7 };
const rowsIn = { x: 0.22, y: 0.02, w: 0.72, h: 0.95 };

/** The whole of a bar chart as a native chart, which can be edited with its own data. */
export function place(pptx: pptxgen, slide: pptxgen.Slide, spec: BarsSpec, box: Box): Placed {
	const panel = spec.panels.find(({ whole }) => whole) ?? spec.panels[0]!;
	return spec.stacked ? columns(pptx, slide, spec, panel, box) : rows(pptx, slide, spec, panel, box);
}

function columns(pptx: pptxgen, slide: pptxgen.Slide, spec: BarsSpec, panel: Panel, box: Box): Placed {
	const labels = panel.categories.map(nameOf);
	const shown = spec.series
		.map((series, s) => ({ series, values: panel.categories.map((_, c) => panel.values[s]?.[c] ?? null) }))
		.filter(({ values }) => values.some((value) => (value ?? 0) > 0));
	if (shown.length === 0) shown.push({ series: spec.series[0]!, values: panel.categories.map(() => null) });
	const highest = Math.max(
		1,
		...panel.categories.map((_, c) => shown.reduce((sum, { values }) => sum + (values[c] ?? 0), 0))
	);
	const slot = slotIn(box, panel);
	const points = slot > 1.2 ? 13 : 11;
	const least = (((0.17 * points) / 11) * highest) / (box.h * columnsIn.h);
	slide.addChart(
		pptx.ChartType.bar,
		shown.map(({ series, values }) => ({ name: named(series), labels, values: values as number[] })),
		{
			...box,
			...common(spec),
			barDir: 'col',
			barGrouping: 'stacked',
			barGapWidthPct: 60,
			layout: columnsIn,
			catAxisLabelFontSize: points,
			dataLabelFontSize: points,
			chartColors: shown.map(({ series }) => colourOf(series.tone)),
			valAxisHidden: true,
			valAxisMaxVal: highest,
			showLegend: true,
			legendPos: 'r',
			legendFontFace: font,
			legendFontSize: points,
			legendColor: ink
		}
	);
	breaks(pptx, slide, panel, box, points - 1);
	return {
		fills: shown.map(({ series: { tone, texture } }) => ({ tone, texture })),
		byPoint: false,
		hidden: shown.map(({ values }) => values.flatMap((value, c) => ((value ?? 0) < least ? [c] : []))),
		grid: [
			['', ...shown.map(({ series }) => named(series))],
			...labels.map((label, c) => [label, ...shown.map(({ values }) => values[c]!)])
		]
	};
}

/** How wide a column and its room are, in inches. */
const slotIn = (box: Box, panel: Panel) => (box.w * columnsIn.w) / panel.categories.length;

/** A bar for each series, for what is no sum. */
function rows(pptx: pptxgen, slide: pptxgen.Slide, spec: BarsSpec, panel: Panel, box: Box): Placed {
	const labels = spec.series.map(named);
	const values = spec.series.map((_, s) => panel.values[s]?.[0] ?? 0);
	const name = forXml(spec.unit.many);
	slide.addChart(pptx.ChartType.bar, [{ name, labels, values }], {
		...box,
		...common(spec),
		barDir: 'bar',
		barGapWidthPct: 45,
		layout: rowsIn,
		chartColors: spec.series.map(({ tone }) => colourOf(tone)),
		// The library's types know one direction only; the format has both.
		catAxisOrientation: 'maxMin' as 'minMax',
		catAxisLabelFontSize: 13,
		valAxisHidden: true,
		dataLabelPosition: 'outEnd',
		dataLabelFontSize: 13
	});
	return {
		fills: spec.series.map(({ tone, texture }) => ({ tone, texture })),
		byPoint: true,
		hidden: [],
		grid: [['', name], ...labels.map((label, i) => [label, values[i]!])]
	};
}

function common(spec: BarsSpec): pptxgen.IChartOpts {
	return {
		altText: forXml(cut(sentence(spec), 1000)),
		catAxisLabelColor: ink,
		catAxisLabelFontFace: font,
		catAxisLabelFontSize: 11,
		catAxisLineColor: soft,
		catGridLine: { style: 'none' },
		valGridLine: { style: 'none' },
		valAxisMinVal: 0,
		showValue: true,
		dataLabelColor: ink,
		dataLabelFontFace: font,
		dataLabelFontSize: 11,
		// None is not written: it has no bar to stand in.
		dataLabelFormatCode: '#,##0;;'
	};
}

/** Where the number expected changed: a dotted line, and both numbers. */
function breaks(pptx: pptxgen, slide: pptxgen.Slide, panel: Panel, box: Box, points: number) {
	const slot = slotIn(box, panel);
	const top = box.y + box.h * columnsIn.y;
	for (const { before, from, to, text } of panel.breaks) {
		const x = box.x + box.w * columnsIn.x + slot * before;
		slide.addShape(pptx.ShapeType.line, {
			x,
			y: top,
			w: 0,
			h: box.h * columnsIn.h,
			line: { color: soft, width: 0.75, dashType: 'sysDot' },
			objectName: forXml(text)
		});
		slide.addText(`${number(from)} → ${number(to)}`, {
			x: x - 0.6,
			y: top - 0.28,
			w: 1.2,
			h: 0.26,
			align: 'center',
			fontFace: font,
			fontSize: points,
			color: soft,
			margin: 0
		});
	}
}

/** A column's name, when it was, and how many of how many were heard. */
function nameOf({ label, date, fresh, expected }: Category) {
	return forXml(
		[
			cut(label, 40),
			...(date ? [monthOf(date)] : []),
			...(expected ? [`${number(fresh ?? 0)} of ${number(expected)}`] : [])
		].join('\n')
	);
}

const named = ({ label, shape }: Series) => forXml(shape ? `${shape} ${label}` : label);

/** How a fill is written: solid for what is fresh, hatched for what is carried, an outline for what is missing. */
export function fill({ tone, texture }: Placed['fills'][number]) {
	const faint = { superseded: 75_000, not_applicable: 50_000, unstated: 50_000 }[tone as string];
	const alpha = faint ? `<a:alpha val="${faint}"/>` : '';
	const colour = `<a:srgbClr val="${colourOf(tone)}">${alpha}</a:srgbClr>`;
	const solid = `<a:solidFill>${colour}</a:solidFill>`;
	const paper = '<a:srgbClr val="FFFFFF"/>';
	if (texture === 'solid') return `${solid}<a:ln w="6350"><a:solidFill>${paper}</a:solidFill></a:ln>`;
	if (texture === 'hatched')
		return `<a:pattFill prst="wdUpDiag"><a:fgClr>${colour}</a:fgClr><a:bgClr>${paper}</a:bgClr></a:pattFill><a:ln w="9525">${solid}</a:ln>`;
	return `<a:noFill/><a:ln w="9525">${solid}<a:prstDash val="dash"/></a:ln>`;
}

/** The colour of a figure inside a bar. */
export const figure = ({ tone, texture }: Placed['fills'][number]) =>
	texture === 'solid' ? onColour(tone) : ink;
