import type { Cell } from './outputs/table.ts';
import type { BarsSpec } from './spec.ts';

/** One side of A4 for a superior to clear: plain data, cut to the room there is. */
export type OnePage = {
	title: string;
	/** Meeting and plan. */
	about: string;
	/** The finding. */
	sentence: string;
	figures: { label: string; value: string; href: string | null }[];
	spec: BarsSpec;
	lists: PageList[];
	paragraphs: { title: string; text: string }[];
	foot: string;
};

export type PageList = {
	title: string;
	/** `width` is in millimetres. */
	columns: { key: string; label: string; width: number }[];
	rows: Cell[][];
	/** On paper, as many lines of each cell as are shown. */
	lines: number;
	/** Where the rest is, when not all of it found room. */
	more: { words: string; href: string } | null;
	/** Said where there are no rows. */
	none: string;
};
