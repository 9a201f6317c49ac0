import { freshnessFilters, movedFilters, timingFilters } from '#lib/domain/filter-words.ts';
import type { Filters } from '#lib/domain/schemas/filters.ts';
import { stages } from '#lib/domain/stage.ts';
import type { FacetCount, Facets } from '#lib/server/initiatives.ts';
import { nameOf, title, type Names } from './names.ts';

export type Option = { value: string; label: string; count: number };
export type Field = { name: keyof Facets; label: string; value: string; options: Option[] };

const shown = [
	'plan',
	'element',
	'entity',
	'subregion',
	'freshness',
	'stage',
	'timing',
	'moved',
	'theme',
	'scope',
	'certainty',
	'layer'
] as const;

/** Words that have an order of their own; the others are listed as they are called. */
const orders: Partial<Record<keyof Facets, readonly string[]>> = {
	freshness: freshnessFilters,
	stage: stages,
	timing: timingFilters,
	moved: movedFilters
};

const collator = new Intl.Collator('en', { numeric: true });

/** The filters to choose from, each value with as many rows as the list would then have. */
export function fields(facets: Facets, filters: Filters, names: Names): Field[] {
	return shown
		.map((name) => ({
			name,
			label: title[name],
			value: filters[name] ?? '',
			options: options(name, facets[name], filters, names)
		}))
		.filter(({ options }) => options.length > 0);
}

function options(name: keyof Facets, counts: FacetCount[], filters: Filters, names: Names): Option[] {
	const chosen = filters[name];
	const all =
		chosen && !counts.some(({ value }) => value === chosen)
			? [...counts, { value: chosen, label: null, count: 0 }]
			: counts;
	const rows = all.map(({ value, label, count }) => ({
		value,
		label: labelOf(name, value, label, names),
		count
	}));
	const order = orders[name] ?? (name === 'element' ? Object.keys(names.element) : undefined);
	return rows.sort((a, b) =>
		order ? order.indexOf(a.value) - order.indexOf(b.value) : collator.compare(a.label, b.label)
	);
}

function labelOf(name: keyof Facets, value: string, label: string | null, names: Names) {
	if (name === 'element') return names.element[value] ?? label ?? value;
	return label ?? nameOf(name, value, names);
}
