import type { BarsSpec, ChartSpec, Filter, Panel } from './spec.ts';

/** The parts of a filter in one order, so that one list has one address. */
const order = [
	'plan',
	'meeting',
	'from',
	'from_plan',
	'element',
	'entity',
	'stage',
	'freshness',
	'timing',
	'moved',
	'basis'
];

/** The list of initiatives a count counts. */
export function list(...filters: (Filter | undefined)[]) {
	const asked: Filter = Object.assign({}, ...filters);
	return `/initiatives${query(asked)}`;
}

/** The list behind one value of a bar chart. */
export function listBehind(spec: BarsSpec, panel: Panel, series: number, category: number) {
	return list(panel.filter, panel.categories[category]?.filter, spec.series[series]?.filter);
}

/** Where a chart can be had as a file. */
export function address({ question, params }: Pick<ChartSpec, 'question' | 'params'>, format: string) {
	return `/charts/${question}.${format}${query(params)}`;
}

function query(parts: Filter) {
	const place = (key: string) => (order.indexOf(key) + order.length + 1) % (order.length + 1);
	const pairs = Object.entries(parts).sort(([a], [b]) => place(a) - place(b));
	const search = new URLSearchParams(pairs).toString();
	return search && `?${search}`;
}
