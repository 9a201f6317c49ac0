import { sql } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import { layers, movedFilters } from '#lib/domain/filter-words.ts';
import { freshnesses } from '#lib/domain/freshness.ts';
import { stages } from '#lib/domain/stage.ts';
import { byName } from '#lib/domain/text.ts';
import { timings } from '#lib/domain/timing.ts';
import { scopes } from '#lib/domain/words.ts';
import type { Asked } from './asked.ts';
import { byParticipant, byRow, byScope, type Counts } from './counts.ts';
import { found } from './found.ts';
import * as labels from './names.ts';

export type FacetCount = { value: string; label: string | null; count: number };
export type FacetName = (typeof facetNames)[number];
export type Facets = Record<FacetName, FacetCount[]>;

const inScopes = ['plan', 'element'] as const;
const ofEntities = ['entity', 'subregion'] as const;
const ofInitiatives = ['theme', 'scope', 'certainty', 'layer'] as const;
const ofStandings = ['freshness', 'stage', 'timing', 'moved'] as const;
const facetNames = [...inScopes, ...ofEntities, ...ofInitiatives, ...ofStandings] as const;

/** Facets that see the same rows: those of the list or, for a filter that is set, of the list without it. */
type View = { asked: Asked; except?: FacetName; names: readonly FacetName[] };

/** For every filter, each value with as many rows as the list would have with it and the other filters as they are. */
export async function count(db: Reader, asked: Asked): Promise<Facets> {
	const names = await labels.read(db, asked);
	const facets = Object.fromEntries(facetNames.map((name) => [name, [] as FacetCount[]])) as Facets;
	for (const view of views(asked)) {
		for (const [name, counts] of await countView(db, view, names)) {
			if (view.names.includes(name)) facets[name] = inOrder(name, counts, names);
		}
	}
	const { moved } = asked.filters;
	if (moved === 'first' || moved === 'corrected') {
		// Counted only where it is asked for: to look at each row's past and replacements costs more than all the rest.
		const { rows } = await sql<{ n: number }>`select count(*) as n from (${found(asked)}) as f`.execute(db);
		facets.moved.push({ value: moved, label: null, count: rows[0]!.n });
	}
	return facets;
}

function views(asked: Asked): View[] {
	const { stage, timing } = asked.filters;
	const together = facetNames.filter((name) =>
		// A stage or a timing implies a fresh report, so counting by freshness sees other rows than the list.
		name === 'freshness' && (stage || timing) ? false : asked.filters[name] === undefined
	);
	const apart = facetNames.filter((name) => !together.includes(name));
	return [
		...(asked.expectations ? [{ asked, names: together }] : split(asked, together)),
		...apart.map((name) => ({ asked, except: name, names: [name] }))
	];
}

/** To choose a stage is to ask about a meeting, so those values are counted in expectations from the start. */
function split(asked: Asked, names: readonly FacetName[]): View[] {
	const isOfStandings = (name: FacetName) => (ofStandings as readonly string[]).includes(name);
	return [
		{ asked, names: names.filter((name) => !isOfStandings(name)) },
		{ asked: { ...asked, expectations: true }, names: names.filter(isOfStandings) }
	];
}

async function countView(db: Reader, { asked, except, names: wanted }: View, names: labels.Names) {
	const counted: [FacetName, Counts][] = [];
	const query = found(asked, except);
	const asks = (some: readonly FacetName[]) => wanted.some((name) => some.includes(name));
	if (asks(inScopes)) {
		const { plan, element } = await byScope(db, query, names);
		counted.push(['plan', plan], ['element', element]);
	}
	if (!asked.expectations && asks(ofEntities)) {
		const { entity, subregion } = await byParticipant(db, query, names);
		counted.push(['entity', entity], ['subregion', subregion]);
	}
	const inRows = [...(asked.expectations ? ofEntities : []), ...ofInitiatives, ...ofStandings];
	if (asks(inRows)) counted.push(...(await byRow(db, query, inRows, asked, names)));
	return counted;
}

const closed: Partial<Record<FacetName, readonly string[]>> = {
	scope: scopes,
	layer: layers,
	freshness: freshnesses,
	stage: stages,
	timing: timings,
	moved: movedFilters
};

/** Closed lists in their own order, elements as their plan has them, everything else alphabetically. */
function inOrder(name: FacetName, counts: Counts, names: labels.Names): FacetCount[] {
	const labelled = name === 'plan' || name === 'element' || name === 'entity' ? names[name] : undefined;
	const values = [...counts].map(([value, count]) => ({ value, label: labelled?.get(value) ?? null, count }));
	const order = name === 'element' ? [...names.element.keys()] : closed[name];
	if (order) return values.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
	const nameOf = ({ label, value }: FacetCount) => ({ name: label ?? value });
	return values.sort((a, b) => byName(nameOf(a), nameOf(b)));
}
