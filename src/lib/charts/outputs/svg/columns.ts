import { monthOf, number } from '../../sentence.ts';
import type { BarsSpec, Category, Panel } from '../../spec.ts';
import {
	bar,
	dodge,
	either,
	hatching,
	line,
	narrowFrom,
	pc,
	r,
	text,
	titled,
	wideFrom,
	type Drawing
} from './marks.ts';
import { measure } from './text.ts';

const size = 12;
const small = 11;
/** What the names beside the last column take, in percent, where there is room for them. */
const margin = 22;

/** Columns over meetings, each reaching what was expected. */
export function columns(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	const whole = panel.whole === true;
	const head = panel.breaks.length > 0 ? 32 : 18;
	const plot = whole ? 210 : 116;
	const slots = Math.max(panel.categories.length, 3);
	const width = 100 / slots;
	const base = head + plot;
	const scale = plot / Math.max(top, 1);
	const at = { head, base, scale, width, wide: (whole ? 1 - margin / 100 : 1) * wideFrom, uid };
	const inner =
		line(0, base, 100, base, 'axis') +
		panel.breaks.map((one) => breakMark(one, at)).join('') +
		panel.categories.map((_, i) => column(spec, panel, i, at)).join('') +
		labels(panel.categories, at);
	const height = base + 46;
	const body = whole
		? `<svg class="plot" width="${100 - margin}%" height="${height}">${inner}</svg>${names(spec, panel, at)}`
		: inner;
	return {
		height,
		body: (spec.series.some(({ texture }) => texture === 'hatched') ? hatching(uid) : '') + body
	};
}

type Frame = { head: number; base: number; scale: number; width: number; wide: number; uid: string };

function column(spec: BarsSpec, panel: Panel, i: number, { base, scale, width, wide, uid }: Frame) {
	const category = panel.categories[i]!;
	const thick = width * 0.6;
	const x = width * (i + 0.5) - thick / 2;
	const narrow = (narrowFrom * thick) / 100;
	let y = base;
	let marks = '';
	spec.series.forEach((series, s) => {
		const value = panel.values[s]?.[i] ?? 0;
		if (value <= 0) return;
		const height = value * scale;
		y -= height;
		const said = `${category.label}: ${number(value)} ${series.label.toLowerCase()}`;
		marks += bar({ x, y, width: thick, height }, series, uid, value, said);
		const figure = `${series.shape && height >= 13 ? `${series.shape} ` : ''}${number(value)}`;
		if (height >= 13 && measure(figure, small) <= narrow)
			marks += text(figure, {
				x: width * (i + 0.5),
				y: y + height / 2 + 4,
				anchor: 'middle',
				class: `v v-${series.texture === 'solid' ? series.tone : 'x'}`
			});
	});
	const total = category.expected ?? 0;
	const [long, short] = [
		`${number(category.fresh ?? 0)} of ${number(total)}`,
		`${category.fresh ?? 0}/${total}`
	];
	const fits = (room: number) => (measure(long, small) <= (room * width) / 100 ? long : short);
	const head =
		total > 0
			? either(fits(wide), fits(narrowFrom), { x: width * (i + 0.5), y: y - 6, anchor: 'middle', class: 's' })
			: '';
	return marks + head + boundsMark(panel, i, x + thick, { base, scale });
}

/** What silence leaves open: a thin line from what is surely implemented to what at most may be. */
function boundsMark(panel: Panel, i: number, x: number, { base, scale }: Pick<Frame, 'base' | 'scale'>) {
	const bound = panel.bounds?.[i];
	if (!bound || bound.high === bound.low) return '';
	const [low, high] = [base - bound.low * scale, base - bound.high * scale];
	const said = `${panel.categories[i]!.label}: between ${number(bound.low)} and ${number(bound.high)} may be implemented`;
	return `<svg x="${pc(x)}" overflow="visible"><path class="open" d="M3 ${r(low)}h4M5 ${r(low)}V${r(high)}M3 ${r(high)}h4">${titled(said)}</path></svg>`;
}

function breakMark({ before, from, to, text: words }: Panel['breaks'][number], { base, width }: Frame) {
	const x = width * before;
	const short = `${number(from)}→${number(to)}`;
	const fits = measure(short, small) <= (narrowFrom * width) / 100;
	return (
		`<g>${titled(words)}${line(x, 16, x, base, 'break')}` +
		either(short, fits ? short : '', { x, y: 11, anchor: 'middle', class: 's' }) +
		'</g>'
	);
}

/** Name and month under each column; on a narrow screen in pieces below each other, and only as many as fit. */
function labels(categories: readonly Category[], { base, width, wide }: Frame) {
	const room = { wide: (wide * width) / 100 - 4, narrow: (narrowFrom * width) / 100 - 2 };
	const every = (room: number, lines: (category: Category) => string[]) => {
		const needed = Math.max(
			...categories.map((category) => Math.max(...lines(category).map((l) => measure(l, small)))),
			1
		);
		return Math.max(1, Math.ceil(needed / Math.max(room, 1)));
	};
	const long = ({ label, date }: Category) => [label, ...(date ? [monthOf(date)] : [])];
	const pieces = ({ label, date }: Category) => [
		...label.split('-').slice(0, 2),
		...(date ? [date.slice(0, 4)] : [])
	];
	const short = every(room.narrow, long) === 1 ? long : pieces;
	const steps = { wide: every(room.wide, long), narrow: every(room.narrow, short) };
	return categories
		.map((category, i) => {
			const fromEnd = categories.length - 1 - i;
			const x = width * (i + 0.5);
			const put = (lines: string[], name: string) =>
				lines
					.map((words, l) =>
						text(words, {
							x,
							y: base + 15 + l * 14,
							anchor: 'middle',
							class: l === lines.length - 1 && lines.length > 1 ? `s ${name}`.trim() : name
						})
					)
					.join('');
			const full = category.detail ? titled(category.detail) : '';
			if (short === long && steps.wide === 1 && steps.narrow === 1)
				return `<g>${full}${put(long(category), '')}</g>`;
			return `<g>${full}${fromEnd % steps.wide === 0 ? put(long(category), 'w') : ''}${fromEnd % steps.narrow === 0 ? put(short(category), 'n') : ''}</g>`;
		})
		.join('');
}

/** The series named beside the last column, where it is wide enough; elsewhere the legend does it. */
function names(spec: BarsSpec, panel: Panel, { head, base, scale }: Frame) {
	const last = panel.categories.length - 1;
	const slots = Math.max(panel.categories.length, 3);
	let y = base;
	const placed = spec.series
		.map((series, s) => {
			const value = panel.values[s]?.[last] ?? 0;
			y -= value * scale;
			return { series, y: y + (value * scale) / 2, used: (panel.values[s] ?? []).some((n) => (n ?? 0) > 0) };
		})
		.filter(({ used }) => used)
		.reverse();
	const places = dodge(
		placed.map(({ y }) => y),
		15,
		head + 4,
		base - 4
	);
	const edge = ((last + 0.5 + 0.3) / slots) * (100 - margin);
	const marks = placed.map(({ series, y }, i) => {
		const label = series.shape ? `${series.shape} ${series.label}` : series.label;
		return (
			line(edge + 1.6, y, 100 - margin + 0.5, places[i]!, 'lead') +
			text(label, { x: 100 - margin + 1, y: places[i]! + 4 })
		);
	});
	return `<g class="w">${marks.join('')}</g>`;
}
