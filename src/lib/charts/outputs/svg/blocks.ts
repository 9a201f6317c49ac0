import { number } from '../../sentence.ts';
import type { BarsSpec, Panel } from '../../spec.ts';
import { bar, fitted, line, narrowFrom, text, wideFrom, type Drawing } from './marks.ts';

const pitch = 23;
/** What belongs together is set apart a little from what follows. */
const gap = 9;

/** Where bars begin, and how far the longest reaches, in percent. */
export const from = 50;
export const longest = 38;
export const thickness = 15;

/** The upper edge of each series' line, and the height of all. */
export const lineOf = (s: number) => s * pitch + (s >= 3 ? gap : 0);
export const heightOf = (series: number, { breaks }: Pick<Panel, 'breaks'>) =>
	series * pitch + gap + breaks.length * (pitch + gap);

/**
 * One bar for each series, for what is no sum: one thing can be in several. A dotted line below says why what is compared is
 * not quite alike.
 */
export function blocks(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	const body = spec.series.map((series, s) => {
		const value = panel.values[s]?.[0] ?? 0;
		const y = lineOf(s);
		const width = (value / Math.max(top, 1)) * longest;
		const label = series.shape ? `${series.label} ${series.shape}` : series.label;
		const said = `${panel.title}: ${number(value)} ${series.label.toLowerCase()}`;
		return (
			text(label, { x: from - 2, y: y + 15, anchor: 'end', class: value === 0 ? 's' : '' }) +
			bar({ x: from, y: y + 4, width, height: thickness }, series, uid, value, said) +
			text(number(value), { x: from + width, dx: 6, y: y + 15, class: value === 0 ? 's' : 'b' })
		);
	});
	const below = lineOf(spec.series.length) + gap;
	const breaks = panel.breaks.map(({ text: words }, i) => {
		const y = below + i * (pitch + gap);
		return (
			line(0, y, 100, y, 'break') +
			fitted(words, { wide: wideFrom, narrow: narrowFrom }, 11, { x: 0, y: y + 16, class: 's' })
		);
	});
	return { height: heightOf(spec.series.length, panel), body: body.join('') + breaks.join('') };
}
