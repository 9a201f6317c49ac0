import { sql, type RawBuilder } from 'kysely';
import type { Asked } from './asked.ts';
import { all, layer, moved, type Name } from './conditions.ts';

const ofInitiative = sql`i.id as initiative_id, i.theme, i.scope, i.certainty, ${layer} as layer`;

const ofStanding = sql`s.entity_id, s.freshness, s.stage, s.timing, ${sql.join(
	Object.entries(moved).map(
		([how, condition]) => sql`case when ${condition} then 1 else 0 end as ${sql.id(`moved_${how}`)}`
	)
)}`;

/**
 * The rows of a list as a query: `initiative_id` and what can be counted by, with `entity_id`, `freshness` … where rows
 * are expectations. `except` leaves one filter out, to count its values.
 */
export function found(asked: Asked, except?: Name): RawBuilder<unknown> {
	const where = all(asked, except);
	if (!asked.expectations)
		return sql`select ${ofInitiative}, null as entity_id from initiative i where ${where}`;
	const { at, from } = asked;
	return sql`select ${ofInitiative}, ${ofStanding}
		from standing s
		join initiative i on i.id = s.initiative_id
		join entity e on e.id = s.entity_id
		left join standing b on b.basis = ${from?.basis ?? 'known'} and b.meeting_id = ${from?.meeting_id ?? ''}
			and b.initiative_id = s.initiative_id and b.entity_id = s.entity_id
		where s.basis = ${at?.basis ?? 'known'} and s.meeting_id = ${at?.meeting_id ?? ''} and ${where}`;
}
