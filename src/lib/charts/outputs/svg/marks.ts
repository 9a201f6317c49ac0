import type { Series } from '../../spec.ts';
import { escape, isolate, shorten } from './text.ts';

/**
 * Drawings stretch: everything across is in percent, everything down and all text in pixels. One drawing then fits a
 * phone and a wall, and its text is the same size on both.
 */
export type Drawing = {
	height: number;
	body: string;
	/** What stands to the right of it where there is room: drawn in pixels, as wide as `namesWidth`. */
	beside?: string;
};

/** Below this width the narrow texts are shown. The style sheet asks the same. */
export const wideFrom = 560;
export const narrowFrom = 264;

/** Numbers as short as the eye needs them: pixels to a tenth, percents to a hundredth. */
export const r = (n: number) => String(Math.round(n * 10) / 10);
export const pc = (n: number) => `${Math.round(n * 100) / 100}%`;

export const titled = (text: string) => (text ? `<title>${escape(text)}</title>` : '');

type Box = { x: number; y: number; width: number; height: number };

/** A piece of a bar. `value` is in the markup so that a reader, or a test, can find the figure again. */
export function bar(
	box: Box,
	series: Pick<Series, 'tone' | 'texture'>,
	uid: string,
	value: number,
	title = ''
) {
	const at = `x="${pc(box.x)}" y="${r(box.y)}" width="${pc(box.width)}" height="${r(box.height)}"`;
	const fill = {
		solid: `class="${series.tone}"`,
		hatched: `class="h" fill="url(#${uid})"`,
		outlined: 'class="o"'
	}[series.texture];
	return `<rect ${at} ${fill} data-n="${value}">${titled(title)}</rect>`;
}

/** The hatching of one drawing. Its id is the drawing's own: a pattern in a hidden drawing would not be found. */
export function hatching(uid: string) {
	return `<pattern id="${uid}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hp" d="M2.5 0V5"/></pattern>`;
}

type Placed = { x: number; y: number; anchor?: 'middle' | 'end'; class?: string; dx?: number };

export function text(words: string, { x, y, anchor, class: name, dx }: Placed) {
	const classes = [name, anchor && { middle: 'm', end: 'e' }[anchor]].filter(Boolean).join(' ');
	return `<text x="${pc(x)}"${dx ? ` dx="${r(dx)}"` : ''} y="${r(y)}"${classes && ` class="${classes}"`}>${escape(isolate(words))}</text>`;
}

/** A text that may be shown in two lengths; two are written only where they differ. */
export function either(wide: string, narrow: string, placed: Placed) {
	if (wide === narrow) return text(wide, placed);
	const as = (name: string) => ({ ...placed, class: [placed.class, name].filter(Boolean).join(' ') });
	return text(wide, as('w')) + (narrow && text(narrow, as('n')));
}

/** Text in the room there is, wide and narrow; in full as a title where it had to be shortened. */
export function fitted(words: string, room: { wide: number; narrow: number }, size: number, placed: Placed) {
	const [wide, narrow] = [shorten(words, room.wide, size), shorten(words, room.narrow, size)];
	if (wide === words && narrow === words) return text(words, placed);
	return `<g>${titled(words)}${either(wide, narrow, placed)}</g>`;
}

export function line(x1: number, y1: number, x2: number, y2: number, name: string) {
	return `<line x1="${pc(x1)}" y1="${r(y1)}" x2="${pc(x2)}" y2="${r(y2)}" class="${name}"/>`;
}
