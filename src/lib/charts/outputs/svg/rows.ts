import { number } from '../../sentence.ts';
import type { BarsSpec, Panel } from '../../spec.ts';
import { bar, hatching, line, narrowFrom, text, titled, type Drawing } from './marks.ts';
import { wrap } from './text.ts';

const size = 12;

/** How much of the width the longest bar takes. */
export const longest = 80;
export const thickness = 10;

/** The lines of each name, and where its bar lies below them. */
export function places(panel: Panel) {
	let y = 0;
	return panel.categories.map(({ label, detail }) => {
		const lines = wrap([label, detail].filter(Boolean).join(' · '), narrowFrom - 6, size, 2);
		const top = y;
		const bar = top + lines.length * 15 + 2;
		y = bar + thickness + 16;
		return { lines, top, bar, end: y };
	});
}

/** Lying bars over things with long names: the name on its own lines, the bar below it. */
export function rows(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	const at = places(panel);
	const textures = spec.series.some(({ texture }) => texture === 'hatched') ? hatching(uid) : '';
	const body = panel.categories.map((_, i) => row(spec, panel, i, { ...at[i]!, top, uid, y: at[i]!.top }));
	return { height: at.at(-1)?.end ?? 0, body: textures + body.join('') };
}

type Place = { lines: string[]; y: number; bar: number; top: number; uid: string };

function row(spec: BarsSpec, panel: Panel, i: number, { lines, y, bar: at, top, uid }: Place) {
	const category = panel.categories[i]!;
	const parts = spec.series.map((series, s) => ({ series, value: panel.values[s]?.[i] ?? 0 }));
	const none = parts.every(({ value }) => value === 0);
	const said = parts.map(({ series, value }) => `${number(value)} ${series.label.toLowerCase()}`).join(', ');
	const name = lines.map((words, l) => text(words, { x: 0, y: y + 12 + l * 15, class: none ? 'b' : '' }));
	let x = 0;
	const bars = parts.map(({ series, value }) => {
		if (value === 0) return '';
		const width = (value / Math.max(top, 1)) * longest;
		x += width;
		return bar({ x: x - width, y: at, width, height: thickness }, series, uid, value);
	});
	const added = parts.slice(1).filter(({ value }) => value > 0);
	const figure = [parts[0]!, ...added].map(({ value }) => number(value)).join(' + ');
	const end = none
		? line(0, at + 5, longest, at + 5, 'none') +
			text('None', { x: 100, y: at + 9, anchor: 'end', class: 'b' })
		: text(figure, { x, dx: 6, y: at + 9, class: 's' });
	return `<g>${titled(`${category.label} ${category.detail ?? ''}: ${said}`)}${name.join('')}${bars.join('')}${end}</g>`;
}
