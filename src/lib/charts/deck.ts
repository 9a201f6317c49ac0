import type { Table } from './outputs/table.ts';
import type { ChartSpec } from './spec.ts';

/** A meeting's slides as plain data: the pack writes them to files, the presenter shows them. */
export type Deck = {
	/** "RSP 2022-2024 at RCP-32". */
	title: string;
	/** The meeting in full, when and where. */
	subtitle: string;
	meeting: { id: string; name: string; title: string; starts_on: string; frozen_at: string | null };
	plan: { id: string; short_title: string; title: string };
	basis: 'known' | 'presented';
	/** Snapshot number or "Live …", as every chart prints it. */
	as_of: string;
	method: string;
	demonstration: boolean;
	slides: Slide[];
};

export const slideKinds = [
	'overview',
	'area',
	'coverage',
	'movement',
	'timing',
	'matrix',
	'attention',
	'needs',
	'dates',
	'spotlight'
] as const;
export type SlideKind = (typeof slideKinds)[number];

export type Slide = {
	/** In the address of a presentation: `overview`, `area-FA1`, `matrix-2`. */
	id: string;
	kind: SlideKind;
	/** What the slide is about, for a list of slides: "Coverage". */
	title: string;
	/** Its finding, in a full sentence: what stands large on it. */
	sentence: string;
	/** For the presenter: how it was counted, what is left out. Paragraphs are apart by a line break. */
	notes: string;
	/** The chart, where there is one. */
	spec?: ChartSpec;
	/** Rows beside the chart, or instead of one. */
	list?: SlideList;
	/** The page that says the same, and more. */
	href: string;
};

export type SlideList = Pick<Table, 'columns' | 'rows'> & {
	/** Where the rest is, when not all of it is here. */
	more: { words: string; href: string } | null;
};
