import type { BarsSpec, Panel } from '../../spec.ts';
import { blocks } from './blocks.ts';
import { columns } from './columns.ts';
import type { Picture } from './picture.ts';
import { rows } from './rows.ts';

/** The pictures of a bar chart, one for each panel. */
export function bars(spec: BarsSpec, uid: string): Picture[] {
	return spec.panels.map((panel, i) => picture(spec, panel, `${uid}-${i}`));
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
