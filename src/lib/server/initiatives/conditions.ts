import { sql, type RawBuilder } from 'kysely';
import type { Filters } from '#lib/domain/schemas/filters.ts';
import type { asides } from '#lib/domain/movement.ts';
import { ladder } from '#lib/domain/stage.ts';
import { corrected, neverBefore } from './asides.ts';
import type { Asked } from './asked.ts';
import { everyWord, hasWord } from './wording.ts';

type Condition = RawBuilder<boolean>;
export type Name = Exclude<keyof Filters, 'meeting' | 'basis' | 'from' | 'from_plan' | 'role'>;
type Aside = (typeof asides)[number];

// `i` is the initiative, `s` its standing at the meeting, `b` the same at the meeting before, `e` the entity asked.
const yes = sql<boolean>`1 = 1`;
const isFresh = sql<boolean>`s.freshness in ('reported', 'confirmed')`;
const wasFresh = sql<boolean>`coalesce(b.freshness, '') in ('reported', 'confirmed')`;
const rank = (column: 's.stage' | 'b.stage') =>
	sql`case ${sql.ref(column)} ${sql.join(
		ladder.map((stage, i) => sql`when ${sql.lit(stage)} then ${sql.lit(i)}`),
		sql` `
	)} end`;
const stepped = (how: string) =>
	sql<boolean>`(${isFresh} and ${wasFresh} and ${rank('s.stage')} ${sql.raw(how)} ${rank('b.stage')})`;

/** How an expectation moved, as `classify` of the method says it. */
const moved: Record<Exclude<NonNullable<Filters['moved']>, Aside>, Condition> = {
	up: stepped('>'),
	same: stepped('='),
	down: stepped('<'),
	panel: sql`(${isFresh} and ${wasFresh} and ${rank('s.stage')} is not null and ${rank('b.stage')} is not null)`,
	new: sql`(${isFresh} and b.freshness is null)`,
	ended: sql`(${isFresh} and s.change = 'ended')`,
	silent: sql`(${wasFresh} and not ${isFresh})`,
	back: sql`(b.freshness is not null and not ${wasFresh} and ${isFresh})`
};

/** Where an initiative comes from, by its own source. */
export const layer = sql<string>`case when i.certainty = 'demonstration' then 'demonstration'
	when i.source_url is not null then 'public_record' else 'reported' end`;

/** The conditions asked for, by filter. */
export function conditions(asked: Asked): Partial<Record<Name, Condition>> {
	const { filters, expectations, before } = asked;
	const { q, plan, element, role, entity, subregion, theme, scope, certainty, freshness, stage, timing } =
		filters;
	return given({
		q: q && matches(q),
		plan: plan && inScope(plan),
		element: element && (role === 'contributing' ? contributes(element) : inScope(element)),
		entity:
			entity && (expectations ? sql<boolean>`s.entity_id = ${entity}` : takesPart(sql`x.id = ${entity}`)),
		subregion:
			subregion &&
			(expectations ? sql<boolean>`e.subregion = ${subregion}` : takesPart(sql`x.subregion = ${subregion}`)),
		theme: theme && sql<boolean>`i.theme = ${theme}`,
		scope: scope && sql<boolean>`i.scope = ${scope}`,
		certainty: certainty && sql<boolean>`i.certainty = ${certainty}`,
		layer: filters.layer && sql<boolean>`${layer} = ${filters.layer}`,
		freshness: freshness && isFreshness(freshness),
		stage: stage && sql<boolean>`s.stage = ${stage}`,
		timing:
			timing && (timing === 'unstated' ? sql<boolean>`s.timing is null` : sql<boolean>`s.timing = ${timing}`),
		moved: filters.moved && movedHow(filters.moved, asked),
		stalled: filters.stalled && stalled(before)
	});
}

function movedHow(how: NonNullable<Filters['moved']>, { at, from, before }: Asked): Condition {
	if (how === 'first') return sql`(${isFresh} and ${neverBefore(before)})`;
	if (how === 'corrected') return at ? corrected(from, at) : sql`1 = 0`;
	return moved[how];
}

/**
 * All conditions in one, except that of the filter whose values are being counted. Stage and timing speak of fresh
 * reports, as the figures do, unless a freshness is asked for or is what is being counted.
 */
export function all(asked: Asked, except?: Name): Condition {
	const { stage, timing, freshness } = asked.filters;
	const implied =
		!freshness &&
		except !== 'freshness' &&
		((stage && except !== 'stage') || (timing && except !== 'timing'));
	const parts = Object.entries(conditions(asked))
		.filter(([name]) => name !== except)
		.map(([, condition]) => condition);
	if (implied) parts.push(isFresh);
	return parts.length > 0 ? sql`${sql.join(parts, sql` and `)}` : yes;
}

function given(found: { [K in Name]?: Condition | '' | undefined }) {
	return Object.fromEntries(Object.entries(found).filter(([, condition]) => condition)) as Partial<
		Record<Name, Condition>
	>;
}

function isFreshness(freshness: NonNullable<Filters['freshness']>): Condition {
	if (freshness === 'fresh') return isFresh;
	if (freshness === 'not_fresh') return sql`not ${isFresh}`;
	return sql`s.freshness = ${freshness}`;
}

const inScope = (scope_id: string): Condition => sql`exists (select 1 from initiative_scope c
	where c.initiative_id = i.id and c.scope_id = ${scope_id})`;

/** Contributes to the element or one below it, and is not a main contribution there already. */
const contributes = (element_id: string): Condition => sql`(i.id in (
	with recursive below(id) as (
		select id from plan_element where id = ${element_id}
		union
		select x.id from below join plan_element x on x.parent_id = below.id
	)
	select c.initiative_id from below join contribution c on c.element_id = below.id and c.role = 'contributing'
) and not ${inScope(element_id)})`;

const takesPart = (which: RawBuilder<unknown>): Condition => sql`exists (select 1 from initiative_entity ie
	join entity x on x.id = ie.entity_id where ie.initiative_id = i.id and ${which})`;

function matches(q: string): Condition | undefined {
	return everyWord(
		q,
		(word) => sql<boolean>`${hasWord(sql`i.search_text`, word)} or i.id in (select ie.initiative_id
			from entity x join initiative_entity ie on ie.entity_id = x.id where ${hasWord(sql`x.search_text`, word)})`
	);
}

/** Fresh now and at both rounds before, on the same rung below the top. */
function stalled(before: Asked['before']): Condition {
	if (before.length < 2) return sql`1 = 0`;
	const same = before.slice(-2).map(
		({ basis, meeting_id }) => sql`exists (select 1 from standing p where p.basis = ${basis}
			and p.meeting_id = ${meeting_id} and p.initiative_id = s.initiative_id and p.entity_id = s.entity_id
			and p.stage = s.stage and p.freshness in ('reported', 'confirmed'))`
	);
	const below = ladder.filter((stage) => stage !== 'implemented').map((stage) => sql.lit(stage));
	return sql`(${isFresh} and s.stage in (${sql.join(below)}) and ${sql.join(same, sql` and `)})`;
}
