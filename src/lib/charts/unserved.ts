import { elementKinds, say as sayWord } from '#lib/domain/words.ts';
import * as say from './sentence.ts';
import { provenance, type Setting } from './setting.ts';
import type { BarsSpec, Panel, Series } from './spec.ts';

export type Served = {
	id: string;
	code: string;
	title: string;
	kind: string;
	href: string;
	/** Initiatives whose main aim it is, or something below it. */
	main: number;
	/** Initiatives that contribute to it without it being their main aim. */
	contributing: number;
};

const series: Series[] = [
	{ key: 'main', label: 'Main aim', tone: 'main', texture: 'solid', filter: { role: 'main' } },
	{
		key: 'contributing',
		label: 'Contributes',
		tone: 'contributing',
		texture: 'solid',
		filter: { role: 'contributing' }
	}
];

/** Which plan items does nobody serve? Every item in the plan's order; the empty ones are the finding. */
export function unserved(items: readonly Served[], setting: Setting): BarsSpec {
	const empty = items.filter(({ main, contributing }) => main + contributing === 0);
	const kinds = elementKinds.filter((kind) => items.some((item) => item.kind === kind));
	const aside = items.filter(({ main, contributing }) => main === 0 && contributing > 0).length;
	return {
		kind: 'bars',
		question: 'unserved',
		orientation: 'horizontal',
		stacked: true,
		unit: say.initiatives,
		over: 'Plan item',
		params: setting.params,
		title: title(empty.length, items.length, setting.of),
		subtitle: `Initiatives that serve each item of ${setting.of}, at any time · ${say.number(items.length - empty.length)} of ${say.number(items.length)} items served`,
		series,
		panels: kinds.map((kind) => panelOf(kind, items, setting)),
		provenance: provenance(setting, null),
		notes: [
			'An initiative counts under its main item and every item above that one, once each. Initiatives that only contribute are shown apart.',
			...(aside === 0
				? []
				: [
						`${say.number(aside)} ${aside === 1 ? 'item is' : 'items are'} only contributed to: no initiative has ${aside === 1 ? 'it' : 'one of them'} as its main aim.`
					]),
			...(empty.length > 0 ? [`Nobody serves ${say.together(empty.map(({ code }) => code))}.`] : [])
		]
	};
}

function title(empty: number, all: number, of: string) {
	if (all === 0) return `${of} has no items yet, so nothing can be served`;
	if (empty === 0)
		return all === 1
			? `The one item of ${of} is served by an initiative`
			: `Every one of the ${all} items of ${of} is served by at least one initiative`;
	if (empty === all) return `No initiative serves any item of ${of}`;
	return `No initiative serves ${say.number(empty)} of the ${say.number(all)} items of ${of}`;
}

function panelOf(kind: string, items: readonly Served[], setting: Setting): Panel {
	const own = items.filter((item) => item.kind === kind);
	return {
		key: kind,
		title: plural(kind),
		filter: setting.filter,
		categories: own.map(({ id, code, title, href }) => ({
			key: id,
			label: code,
			detail: title,
			href,
			filter: { element: id }
		})),
		values: [own.map(({ main }) => main), own.map(({ contributing }) => contributing)],
		breaks: []
	};
}

function plural(kind: string) {
	const word = sayWord(kind);
	return word.endsWith('ss') ? `${word}es` : `${word}s`;
}
