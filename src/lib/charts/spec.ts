import type { Freshness } from '#lib/domain/freshness.ts';
import type { LadderStage, Stage } from '#lib/domain/stage.ts';

/** Every question a chart answers; each has its own address under `/charts/`. */
export const questions = [
	'stages',
	'coverage',
	'timing',
	'movement',
	'matrix',
	'unserved',
	'alignment',
	'member',
	'initiative'
] as const;
export type Question = (typeof questions)[number];

/** A chart as plain data: what it says, and nothing of pixels or libraries. Every output reads this and only this. */
export type ChartSpec = BarsSpec | MatrixSpec | FlowSpec | StepsSpec;

type Common = {
	question: Question;
	/** The finding in words: what a presenter would say aloud. */
	title: string;
	/** Measure, meeting, n of N. */
	subtitle: string;
	provenance: Provenance;
	notes: string[];
};

/** Where the figures come from; printed under every chart. */
export type Provenance = {
	basis: 'known' | 'presented';
	/** "Snapshot …" of a frozen meeting, or "live at …". */
	as_of: string;
	method: string;
	sources: { label: string; href: string | null }[];
	/** Made-up reports are among the figures. */
	demonstration: boolean;
	/** The freshness split: E = R + U + C + M. Null for a chart that counts no expectations. */
	split: ({ expected: number } & Record<Freshness, number>) | null;
};

/** How a mark is filled: solid for what is fresh, hatched for what is carried, outlined for what is missing. */
export type Texture = 'solid' | 'hatched' | 'outlined';

/** What a series means, which the outputs turn into a colour: one hue from light to dark for stages, and so on. */
export type Tone = Stage | Freshness | 'on_track' | 'at_risk' | 'off_track' | 'unstated' | 'up' | 'same' | 'down' | 'neutral';

export type Series = { key: string; label: string; tone: Tone; texture: Texture; shape?: string };

/** A bar, or a group of cells: what it is, when, and out of how many. */
export type Category = {
	key: string;
	label: string;
	detail?: string;
	date?: string;
	expected?: number;
	fresh?: number;
	href?: string;
};

/** One drawing of bars. `values[series][category]` are counts; null means nothing was asked there. `links` leads each count to its list. */
export type Panel = {
	key: string;
	title: string;
	href?: string;
	categories: Category[];
	values: (number | null)[][];
	links?: (string | null)[][];
	/** Drawn before a category: the denominator changed there. */
	breaks: { before: number; text: string }[];
};

/** Stacked bars: one panel for the whole, more for small multiples. Vertical over meetings, horizontal over things. */
export type BarsSpec = Common & {
	kind: 'bars';
	orientation: 'vertical' | 'horizontal';
	unit: string;
	series: Series[];
	panels: Panel[];
};

export type MatrixCell = {
	element_id: string;
	/** The median stage of what is fresh; of what is carried where nothing is; null where nothing is known. */
	stage: LadderStage | null;
	freshness: Freshness | 'not_expected';
	word: string;
	expected: number;
	fresh: number;
	href: string | null;
};

/** Members in rows, grouped by sub-region and alphabetical; plan elements in columns. */
export type MatrixSpec = Common & {
	kind: 'matrix';
	columns: { key: string; label: string; title: string; href: string }[];
	groups: { title: string; rows: { key: string; label: string; href: string; cells: MatrixCell[] }[] }[];
};

export type FlowNode = { key: string; column: number; label: string; title: string; initiatives: number; href: string };
export type FlowLink = {
	from: string;
	to: string;
	relation: string;
	certainty: 'documented' | 'inferred';
	/** Initiatives that flow along it; 0 is drawn thin. */
	initiatives: number;
	text: string;
};

/** Plans side by side, elements as nodes, alignments as links. */
export type FlowSpec = Common & {
	kind: 'flow';
	columns: { key: string; label: string; href: string }[];
	nodes: FlowNode[];
	links: FlowLink[];
};

export type Step = {
	key: string;
	label: string;
	date: string;
	stage: Stage | null;
	freshness: Freshness;
	/** A step back has its own mark. */
	back: boolean;
	note?: string;
};

/** One initiative through time: its stage at each meeting, its milestones, and how far they slipped. */
export type StepsSpec = Common & {
	kind: 'steps';
	steps: Step[];
	milestones: { key: string; label: string; due_on: string | null; done_on: string | null; slip_days: number | null }[];
	starts_on: string | null;
	target_on: string | null;
};
