import type { Freshness } from '#lib/domain/freshness.ts';
import type { Moved } from '#lib/domain/movement.ts';
import type { LadderStage, Stage } from '#lib/domain/stage.ts';
import type { Timing } from '#lib/domain/timing.ts';

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
	/** What its address asks for, so that every output can be found again: plan, meeting, element … */
	params: Record<string, string>;
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
	/** "Snapshot …" of a frozen meeting, or "Live at …". */
	as_of: string;
	/** Its meeting is frozen: there is the same as presented and as known now. */
	frozen: boolean;
	/** The number of the snapshot it is drawn from; null where it is live. */
	snapshot: number | null;
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
export type Tone = Stage | Freshness | Timing | Moved | 'unstated' | 'main' | 'contributing';

/** A part of the address of a list of initiatives. What a panel, a category and a series ask for adds up to one count's list. */
export type Filter = Record<string, string>;

export type Series = {
	key: string;
	label: string;
	tone: Tone;
	texture: Texture;
	/** A sign that says the same as the colour. */
	shape?: string;
	filter?: Filter;
};

/** A bar: what it is, when, and out of how many. */
export type Category = {
	key: string;
	label: string;
	/** The label in full, where the label is short. */
	detail?: string;
	date?: string;
	expected?: number;
	fresh?: number;
	href?: string;
	filter?: Filter;
};

/** One drawing of bars. `values[series][category]` are counts; null means nothing was asked there. */
export type Panel = {
	key: string;
	title: string;
	href?: string;
	/** The whole of which the other panels are parts: drawn larger and to its own scale; parts share one scale. */
	whole?: boolean;
	categories: Category[];
	values: (number | null)[][];
	/** Drawn before a category: the denominator changed there. */
	breaks: { before: number; from: number; to: number; text: string }[];
	/** What silence leaves open, in counts, for each category: implemented is at least `low` and at most `high`. */
	bounds?: { low: number; high: number }[];
	filter?: Filter;
	/** This panel's finding, where it has one of its own. */
	words?: string;
};

/** Bars: one panel for the whole, more for small multiples. Upright over meetings, lying over things. */
export type BarsSpec = Common & {
	kind: 'bars';
	orientation: 'vertical' | 'horizontal';
	/** Parts of a sum on top of each other, or each series a bar of its own where one thing can be in several. */
	stacked: boolean;
	unit: { one: string; many: string };
	/** What the categories are, as the table's first column says it. */
	over: string;
	series: Series[];
	panels: Panel[];
};

export type MatrixCell = {
	element_id: string;
	/** The median stage of what is fresh; null where nothing is. */
	stage: LadderStage | null;
	/** The freshest there is. */
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

export type FlowNode = {
	key: string;
	column: number;
	label: string;
	title: string;
	certainty: Certainty;
	/** Initiatives whose main aim it is, or something below it; null for a plan as a whole. */
	initiatives: number | null;
	href: string;
};
export type Certainty = 'documented' | 'inferred';
export type FlowLink = {
	from: string;
	to: string;
	relation: string;
	certainty: Certainty;
	/** Initiatives that serve both ends; 0 is drawn thin. Null between whole plans. */
	initiatives: number | null;
	text: string;
};

/** Plans side by side, elements as nodes, alignments as links. */
export type FlowSpec = Common & {
	kind: 'flow';
	columns: { key: string; label: string; title: string; note: string | null; href: string }[];
	nodes: FlowNode[];
	links: FlowLink[];
};

export type Step = {
	key: string;
	label: string;
	date: string;
	/** What was said for this meeting, or is carried to it; null where nothing is known. */
	stage: Stage | null;
	freshness: Freshness;
	timing: Timing | null;
	/** A step back has its own mark. */
	back: boolean;
	href?: string;
};

export type MilestoneMark = {
	key: string;
	label: string;
	due_on: string | null;
	done_on: string | null;
	/** Days it came, or stands, after its day; below zero when early; null without a day to compare. */
	slip_days: number | null;
	word: string;
};

/** One initiative through time: its stage at each meeting for each that reports on it, its milestones and their slips. */
export type StepsSpec = Common & {
	kind: 'steps';
	tracks: { key: string; label: string; href: string; steps: Step[] }[];
	milestones: MilestoneMark[];
	starts_on: string | null;
	target_on: string | null;
};
