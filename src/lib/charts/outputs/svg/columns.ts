import { monthOf, number } from '../../sentence.ts';
import type { BarsSpec, Category, Panel } from '../../spec.ts';
import { bar, hatching, line, narrowFrom, pc, r, text, titled, wideFrom, type Drawing } from './marks.ts';
import { names } from './names.ts';
import { measure, wrap } from './text.ts';

const small = 11;

/** The measures of one drawing: where the columns stand, and how wide a slot and its column are in percent. */
export type Frame = {
	head: number;
	base: number;
	height: number;
	scale: number;
	slots: number;
	width: number;
	thick: number;
};

export function frame(panel: Panel, top: number): Frame {
	const head = panel.breaks.length > 0 ? 44 : 30;
	const plot = panel.whole ? 206 : 116;
	const slots = Math.max(panel.categories.length, 3);
	const base = head + plot;
	return {
		head,
		base,
		height: base + 46,
		scale: plot / Math.max(top, 1),
		slots,
		width: 100 / slots,
		thick: 60 / slots
	};
}

/** Columns over meetings, each reaching what was expected. `top` is the highest of all that share the scale. */
export function columns(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	const at = { ...frame(panel, top), uid };
	const body =
		(spec.series.some(({ texture }) => texture === 'hatched') ? hatching(uid) : '') +
		breaks(panel, at) +
		panel.categories.map((_, i) => column(spec, panel, i, at)).join('') +
		line(0, at.base, 100, at.base, 'axis') +
		labels(panel.categories, at);
	return { height: at.height, body, ...(panel.whole && { beside: names(spec, panel, at) }) };
}

/** One column, in a box as wide as itself: all of it is then at the middle or from edge to edge. */
function column(
	spec: BarsSpec,
	panel: Panel,
	i: number,
	{ base, scale, width, thick, uid }: Frame & { uid: string }
) {
	const category = panel.categories[i]!;
	const room = (narrowFrom * thick) / 100;
	let y = base;
	let marks = '';
	spec.series.forEach((series, s) => {
		const value = panel.values[s]?.[i] ?? 0;
		if (value <= 0) return;
		const height = value * scale;
		y -= height;
		const said = `${category.label}: ${number(value)} ${series.label.toLowerCase()}`;
		marks += bar({ x: 0, y, width: 100, height }, series, uid, value, said);
		const figure = [series.shape, number(value)].filter(Boolean).join(' ');
		const fits = [figure, number(value)].find((words) => height >= 13 && measure(words, small) <= room);
		if (fits) {
			const name = `v v-${series.texture === 'solid' ? series.tone : 'x'}`;
			marks += text(fits, { x: 50, y: y + height / 2 + 4, anchor: 'middle', class: name });
		}
	});
	const box = `<svg x="${pc(width * (i + 0.5) - thick / 2)}" width="${pc(thick)}" overflow="visible">`;
	return `${box}${marks}${heading(category, y - 6, width)}${boundsMark(panel, i, { base, scale })}</svg>`;
}

/** "28 of 35" above a column, on two lines where it is narrow. */
function heading({ expected = 0, fresh = 0 }: Category, y: number, width: number) {
	if (expected === 0) return '';
	const put = (words: string, y: number, name = '') =>
		text(words, { x: 50, y, anchor: 'middle', class: `s ${name}`.trim() });
	const whole = `${number(fresh)} of ${number(expected)}`;
	const needed = measure(whole, small);
	if (needed <= (narrowFrom * width) / 100) return put(whole, y);
	const two = (name: string) => put(number(fresh), y - 12, name) + put(`of ${number(expected)}`, y, name);
	if (needed > (wideFrom * width) / 100) return two('');
	return put(whole, y, 'w') + two('n');
}

/** What silence leaves open: a thin line from what is surely implemented to what at most may be. */
function boundsMark(panel: Panel, i: number, { base, scale }: Pick<Frame, 'base' | 'scale'>) {
	const bound = panel.bounds?.[i];
	if (!bound || bound.high === bound.low) return '';
	const [low, high] = [base - bound.low * scale, base - bound.high * scale];
	const said = `${panel.categories[i]!.label}: between ${number(bound.low)} and ${number(bound.high)} may be implemented`;
	return `<svg x="100%" overflow="visible"><path class="open" d="M3 ${r(low)}h4M5 ${r(low)}V${r(high)}M3 ${r(high)}h4">${titled(said)}</path></svg>`;
}

/** Where the number expected changed. Both numbers are said where all of them fit; they are above the columns too. */
function breaks(panel: Panel, { base, width }: Frame) {
	const needed = Math.max(
		0,
		...panel.breaks.map((one) => measure(`${number(one.from)} → ${number(one.to)}`, small))
	);
	const name =
		needed <= (narrowFrom * width) / 100 ? '' : needed <= (wideFrom * width) / 100 ? ' w' : undefined;
	return panel.breaks
		.map(({ before, from, to, text: words }) => {
			const x = width * before;
			const said =
				name === undefined
					? ''
					: text(`${number(from)} → ${number(to)}`, { x, y: 11, anchor: 'middle', class: `s${name}` });
			return `<g>${titled(words)}${line(x, 16, x, base, 'break')}${said}</g>`;
		})
		.join('');
}

/** Name and month under each column; on a narrow screen in pieces below each other, and only as many as fit. */
function labels(categories: readonly Category[], { base, width }: Frame) {
	const room = { wide: (wideFrom * width) / 100 - 4, narrow: (narrowFrom * width) / 100 - 2 };
	// A name in words goes on two lines, shortened: it must not cost its neighbours their names.
	const inWords = (label: string, room: number) => /\s/.test(label) && wrap(label, room, small, 2);
	const long =
		(room: number) =>
		({ label, date }: Category) => [...(inWords(label, room) || [label]), ...(date ? [monthOf(date)] : [])];
	const pieces =
		(room: number) =>
		({ label, date }: Category) => [
			...(inWords(label, room) || label.split('-').slice(0, 2)),
			...(date ? [date.slice(0, 4)] : [])
		];
	const every = (room: number, lines: (category: Category) => string[]) => {
		const needed = Math.max(1, ...categories.flatMap(lines).map((words) => measure(words, small)));
		return Math.ceil(needed / Math.max(room, 1));
	};
	const fits = every(room.narrow, long(room.narrow)) === 1;
	const [wideNames, narrowNames] = [long(room.wide), (fits ? long : pieces)(room.narrow)];
	const steps = { wide: every(room.wide, wideNames), narrow: every(room.narrow, narrowNames) };
	const isCode = categories.every(({ label }) => !/\s/.test(label));
	const same = fits && isCode && steps.wide === steps.narrow;
	return categories
		.map((category, i) => {
			const put = (lines: string[], name: string) =>
				lines.map((words, l) => {
					const soft = l > 0 && l === lines.length - 1 ? 's ' : '';
					const place = { x: width * (i + 0.5), y: base + 15 + l * 14, anchor: 'middle' as const };
					return text(words, { ...place, class: `${soft}${name}`.trim() });
				});
			const shown = (every: number) => (categories.length - 1 - i) % every === 0;
			const wide = shown(steps.wide) ? put(wideNames(category), same ? '' : 'w') : [];
			const narrow = !same && shown(steps.narrow) ? put(narrowNames(category), 'n') : [];
			return `<g>${titled(category.detail ?? '')}${[...wide, ...narrow].join('')}</g>`;
		})
		.join('');
}
