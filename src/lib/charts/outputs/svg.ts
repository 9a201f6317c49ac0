import type { BarsSpec, ChartSpec, Panel } from '../spec.ts';
import { blocks } from './svg/blocks.ts';
import { columns } from './svg/columns.ts';
import { flow } from './svg/flow.ts';
import { r, type Drawing } from './svg/marks.ts';
import { matrix } from './svg/matrix.ts';
import { namesWidth } from './svg/names.ts';
import { rows } from './svg/rows.ts';
import { steps } from './svg/steps.ts';
import { escape } from './svg/text.ts';
import { sentence } from './words.ts';

/** One picture of a chart: bar charts have one for each panel, the others one in all. */
export type Picture = Drawing & {
	key: string;
	title: string;
	href?: string;
	whole: boolean;
	/** What it shows, for whoever does not see it. */
	words: string;
};

/** The pictures of a chart. `uid` keeps ids apart where several charts share a page; `width` is in pixels, where it is known. */
export function pictures(spec: ChartSpec, uid: string = spec.question, width?: number): Picture[] {
	if (spec.kind === 'bars') return spec.panels.map((panel, i) => picture(spec, panel, `${uid}-${i}`));
	const one = { key: 'whole', title: '', whole: true, words: sentence(spec) };
	if (spec.kind === 'matrix') return [{ ...one, ...matrix(spec, uid) }];
	if (spec.kind === 'flow') return [{ ...one, ...flow(spec, width) }];
	return [{ ...one, ...steps(spec, uid) }];
}

function picture(spec: BarsSpec, panel: Panel, uid: string): Picture {
	const draw = spec.orientation === 'vertical' ? columns : spec.stacked ? rows : blocks;
	const { key, title, href, whole = false } = panel;
	return {
		key,
		title,
		...(href && { href }),
		whole,
		words: panel.words ?? spec.title,
		...draw(spec, panel, scaleOf(spec, panel), uid)
	};
}

/** The largest value of those panels that share a scale: parts of a sum do, the sum has its own. */
export function scaleOf(spec: BarsSpec, panel: Panel) {
	const alike = spec.panels.filter(({ whole = false }) => !spec.stacked || whole === (panel.whole ?? false));
	return Math.max(...alike.flatMap((one) => one.categories.map((_, c) => extent(spec, one, c))));
}

function extent(spec: BarsSpec, panel: Panel, c: number) {
	const values = spec.series.map((_, s) => panel.values[s]?.[c] ?? 0);
	return spec.stacked ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
}

/** A picture for a page that has the style sheet: as wide as there is room, described for whoever does not see it. */
export function inline(picture: Picture) {
	const { body, height } = picture;
	return `<svg class="wm" role="img" width="100%" height="${r(height)}" aria-label="${escape(named(picture))}">${body}</svg>`;
}

/** What stands to the right of it, where there is room. */
export function beside({ beside, height }: Picture) {
	if (!beside) return '';
	return `<svg class="wm beside" aria-hidden="true" width="${namesWidth}" height="${r(height)}">${beside}</svg>`;
}

/** A picture in words. */
export function named({ title, words }: Picture) {
	return title ? `${title}. ${words}` : words;
}
