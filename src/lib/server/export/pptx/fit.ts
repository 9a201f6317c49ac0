import { measure } from '#lib/charts/outputs/svg/text.ts';

/** How wide a text is, in ems. Measured once: it is asked for at many type sizes. */
export const ems = (text: string) => measure(text, 1);

/** How high a row comes out, in inches, given how wide its texts are in ems: rather a line too many. */
export function rowHeight(cells: readonly number[], widths: readonly number[], points: number) {
	const lines = cells.map((wide, c) => Math.ceil((wide * points) / 72 / Math.max(widths[c]! - 0.16, 0.2)));
	return (Math.max(1, ...lines) * points * 1.22) / 72 + 0.09;
}

/** The type size a heading of one or two lines takes. */
export function headingSize(text: string) {
	return text.length <= 110 ? 24 : text.length <= 190 ? 20 : 16;
}
