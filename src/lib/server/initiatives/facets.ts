import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import { freshnesses } from '#lib/domain/freshness.ts';
import { layers, movedFilters } from '#lib/domain/schemas/filters.ts';
import { stages } from '#lib/domain/stage.ts';
import { byName } from '#lib/domain/text.ts';
import { timings } from '#lib/domain/timing.ts';
import { scopes } from '#lib/domain/words.ts';
import { elements } from '../plans.ts';
import type { Asked } from './asked.ts';
import { countable, type Name } from './conditions.ts';
import { found } from './found.ts';

export type FacetCount = { value: string; label: string | null; count: number };
export type FacetName = (typeof facetNames)[number];
export type Facets = Record<FacetName, FacetCount[]>;

const aboutInitiatives = [
	'plan',
	'element',
	'entity',
	'subregion',
	'theme',
	'scope',
	'certainty',
	'layer'
] as const;
const aboutStandings = ['freshness', 'stage', 'timing', 'moved'] as const;
const facetNames = [...aboutInitiatives, ...aboutStandings] as const;

/**
 * For every filter, each value with as many rows as the list would have with it and the other filters as they are.
 * Filters that are not set see the same rows, so they are counted in one go; each that is set needs its own.
 */
export async function count(db: Reader, asked: Asked): Promise<Facets> {
	const facets = Object.fromEntries(facetNames.map((name) => [name, [] as FacetCount[]])) as Facets;
	const add = async (names: readonly FacetName[], of: Asked, except?: Name) => {
		const parts = names.flatMap((name) => counts[name](of));
		if (parts.length === 0) return;
		const { rows } = await sql<FacetCount & { facet: FacetName }>`
			with found as materialized (${found(of, except)}) ${sql.join(parts, sql` union all `)}`.execute(db);
		for (const { facet, ...row } of rows) if (row.count > 0) facets[facet].push(row);
	};
	// To choose a stage is to ask about a meeting, so those values are counted in expectations from the start.
	const standings = { ...asked, expectations: true };
	const { stage, timing } = asked.filters;
	const unset = (name: FacetName) =>
		// A stage or a timing implies a fresh report, so counting by freshness sees other rows than the list.
		name === 'freshness' && (stage || timing) ? false : asked.filters[name] === undefined;
	if (asked.expectations) await add(facetNames.filter(unset), asked);
	else {
		await add(aboutInitiatives.filter(unset), asked);
		await add(aboutStandings.filter(unset), standings);
	}
	for (const name of facetNames) if (!unset(name)) await add([name], asked, name);
	for (const name of facetNames) facets[name] = await inOrder(db, name, facets[name]);
	return facets;
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
async function inOrder(db: Reader, name: FacetName, values: FacetCount[]) {
	const plan_id = name === 'element' && values[0]?.value.split(':')[0];
	const order = plan_id ? (await elements(db, plan_id)).map(({ id }) => id) : closed[name];
	if (order) return values.sort((a, b) => order.indexOf(a.value) - order.indexOf(b.value));
	const named = values.map((each) => ({ ...each, name: each.label ?? each.value })).sort(byName);
	return named.map(({ name: _, ...each }) => each);
}

type Counts = (asked: Asked) => RawBuilder<unknown>[];

const part = (
	facet: string,
	value: RawBuilder<unknown>,
	label: RawBuilder<unknown>,
	rest: RawBuilder<unknown>
) => sql`select ${sql.lit(facet)} as facet, ${value} as value, ${label} as label, count(*) as count ${rest}`;

const column =
	(name: FacetName, where: (asked: Asked) => RawBuilder<unknown> = () => sql`1 = 1`): Counts =>
	(asked) => {
		const value = sql.ref(name);
		return [
			part(
				name,
				value,
				sql`null`,
				sql`from found where ${value} is not null and ${where(asked)} group by ${value}`
			)
		];
	};

const counts: Record<FacetName, Counts> = {
	plan: () => [
		part(
			'plan',
			sql`p.id`,
			sql`p.short_title`,
			sql`from found f join initiative_scope c on c.initiative_id = f.initiative_id
			join plan p on p.id = c.scope_id group by p.id, p.short_title`
		)
	],
	// Elements of the plan in question: those of sixteen plans at once would help nobody.
	element: ({ filters }) => {
		const plan_id = filters.plan ?? filters.element?.split(':')[0];
		if (plan_id === undefined || filters.role === 'contributing') return [];
		return [
			part(
				'element',
				sql`x.id`,
				sql`x.title`,
				sql`from found f join initiative_scope c on c.initiative_id = f.initiative_id
				join plan_element x on x.id = c.scope_id where x.plan_id = ${plan_id} group by x.id, x.title`
			)
		];
	},
	entity: ({ expectations }) => [
		expectations
			? part(
					'entity',
					sql`x.id`,
					sql`x.name`,
					sql`from found f join entity x on x.id = f.entity_id group by x.id, x.name`
				)
			: part(
					'entity',
					sql`x.id`,
					sql`x.name`,
					sql`from (select distinct f.initiative_id, ie.entity_id from found f
				join initiative_entity ie on ie.initiative_id = f.initiative_id) f
				join entity x on x.id = f.entity_id group by x.id, x.name`
				)
	],
	subregion: ({ expectations }) => [
		expectations
			? part(
					'subregion',
					sql`x.subregion`,
					sql`null`,
					sql`from found f join entity x on x.id = f.entity_id
				where x.subregion is not null group by x.subregion`
				)
			: part(
					'subregion',
					sql`f.subregion`,
					sql`null`,
					sql`from (select distinct f.initiative_id, x.subregion from found f
				join initiative_entity ie on ie.initiative_id = f.initiative_id join entity x on x.id = ie.entity_id
				where x.subregion is not null) f group by f.subregion`
				)
	],
	theme: column('theme'),
	scope: column('scope'),
	certainty: column('certainty'),
	layer: column('layer'),
	freshness: column('freshness'),
	stage: column('stage', countable),
	timing: column('timing', countable),
	moved: () =>
		movedFilters.map((how) =>
			part('moved', sql.lit(how), sql`null`, sql`from found where ${sql.ref(`moved_${how}`)} = 1`)
		)
};
