import { sql, type RawBuilder } from 'kysely';
import type { At } from './asked.ts';

// Conditions of a standing `s` and of what stood before it, `b`, that movement between two meetings does not say.

type Condition = RawBuilder<boolean>;

const all = (conditions: readonly Condition[], word: 'and' | 'or') =>
	conditions.length > 0 ? sql<boolean>`(${sql.join(conditions, sql.raw(` ${word} `))})` : sql<boolean>`1 = 0`;

/** It counted before under one of these scopes. */
export function within(scopes: readonly string[]): Condition {
	if (scopes.length === 0) return sql`1 = 0`;
	return sql`exists (select 1 from initiative_scope w where w.initiative_id = b.initiative_id
		and w.scope_id in (${sql.join(scopes)}))`;
}

/** Nothing was reported or confirmed on it at any of these rounds. */
export function neverBefore(rounds: readonly At[]): Condition {
	const bases = [...Map.groupBy(rounds, ({ basis }) => basis)].map(
		([basis, of]) =>
			sql<boolean>`(p.basis = ${basis} and p.meeting_id in (${sql.join(of.map(({ meeting_id }) => meeting_id))}))`
	);
	return sql`not exists (select 1 from standing p where p.initiative_id = s.initiative_id and p.entity_id = s.entity_id
		and p.freshness in ('reported', 'confirmed') and ${all(bases, 'or')})`;
}

/**
 * A report was replaced: another one for the later meeting, or one for the earlier meeting that came after it was frozen
 * or, where it was not, had begun.
 */
export function corrected(from: At | undefined, to: At): Condition {
	const by = ({ meeting_id, basis }: At) =>
		basis === 'presented' ? sql<boolean>`u.recorded_at <= ${frozenAt(meeting_id)}` : sql<boolean>`1 = 1`;
	const later = sql<boolean>`(u.meeting_id = ${to.meeting_id} and ${by(to)})`;
	const since =
		from &&
		sql<boolean>`(u.meeting_id = ${from.meeting_id} and ${by(to)} and u.recorded_at > coalesce(${frozenAt(from.meeting_id)},
			(select starts_on from meeting where id = ${from.meeting_id})))`;
	return sql`exists (select 1 from status_update u
		left join submission z on z.meeting_id = u.meeting_id and z.entity_id = u.entity_id
		where u.initiative_id = s.initiative_id and u.entity_id = s.entity_id
		and coalesce(z.state, '') not in ('draft', 'returned') and ${all(since ? [later, since] : [later], 'or')}
		and exists (select 1 from status_update o where o.initiative_id = u.initiative_id and o.entity_id = u.entity_id
			and o.meeting_id = u.meeting_id and o.id <> u.id
			and (o.recorded_at < u.recorded_at or (o.recorded_at = u.recorded_at and o.id < u.id))))`;
}

const frozenAt = (meeting_id: string) =>
	sql`(select frozen_at from ${sql.table('freeze')} where meeting_id = ${meeting_id})`;
