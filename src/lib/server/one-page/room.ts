import { measure } from '#lib/charts/outputs/svg/text.ts';
import { number } from '#lib/charts/sentence.ts';
import type { PageList } from '#lib/charts/one-page.ts';
import { cut } from '#lib/domain/text.ts';

// One side of A4 within its margins, and what stands on it in any case, in millimetres: as `OnePage.svelte` sets them.
const side = 276;
const fixed = { figures: 14.5, chart: 62, footer: 33 };
const width = 190;
const row = { line: 4.05, edge: 1.75 };
const list = { head: 14, more: 4.2 };

const pixels = 96 / 25.4;
const points = 96 / 72;

/** How often a text fills the width there is. Measured once; the rest is reckoned with. */
const fills = (text: string, across: number, size: number) =>
	measure(text, size * points) / ((across - 2) * pixels);

/** How many lines that takes at most, of so many shown: words do not fill a line, and where they are cut no more are shown. */
const linesOf = (filled: number, most: number) =>
	Math.min(most, filled <= 0.97 ? 1 : Math.ceil(filled / 0.8));

const lines = (text: string, across: number, size: number, most: number) =>
	linesOf(fills(cut(text, longest), across, size), most);

/** More than this is not shown on one side. */
const longest = 600;

/** What is left for lists below the head of the page and its paragraphs. */
export function left(
	{ title, about, sentence }: { title: string; about: string; sentence: string },
	paragraphs: readonly { title: string; text: string }[] = []
) {
	const head =
		lines(title, width, 17, 3) * 7.3 +
		lines(about, width, 9, 3) * 4.2 +
		lines(sentence, width, 11.5, 3) * 5.6 +
		7.5;
	const told = paragraphs.map(({ title, text }) => lines(`${title} ${text}`, width, 8.5, 5) * row.line + 2);
	return [...Object.values(fixed), head, ...told].reduce((rest, one) => rest - one, side);
}

/**
 * The list as it fits: of each cell fewer lines are shown until all rows find room; where even one line is too many, the last
 * rows are left out and said to be. Gives back how high it came out.
 */
export function fit(
	{ href, ...given }: Omit<PageList, 'more' | 'lines'> & { href: string },
	room: number
): { list: PageList; height: number } {
	const rows = given.rows.map((cells) =>
		cells.map(({ value, ...cell }) => ({
			...cell,
			value: typeof value === 'string' ? cut(value, longest) : value
		}))
	);
	const filled = rows.map((cells) =>
		Math.max(...cells.map(({ value }, c) => fills(String(value ?? ''), given.columns[c]!.width, 8.5)))
	);
	const high = (taken: number, most: number) =>
		filled
			.slice(0, taken)
			.reduce(
				(sum, one) => sum + linesOf(one, most) * row.line + row.edge,
				list.head + (taken < rows.length ? list.more : 0)
			);
	const most = [8, 6, 4, 3, 2, 1].find((most) => high(rows.length, most) <= room) ?? 1;
	let taken = rows.length;
	while (taken > 0 && high(taken, most) > room) taken--;
	const rest = rows.length - taken;
	const more =
		rest > 0 ? { words: `${number(rest)} more ${rest === 1 ? 'is' : 'are'} on the site`, href } : null;
	return { list: { ...given, rows: rows.slice(0, taken), more, lines: most }, height: high(taken, most) };
}
