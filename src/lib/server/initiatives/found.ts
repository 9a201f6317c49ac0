import { sql, type RawBuilder } from 'kysely';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Timing } from '#lib/domain/timing.ts';
import type { Change } from '#lib/domain/words.ts';
import type { Asked } from './asked.ts';
import { within } from './asides.ts';
import { all, layer, type Name } from './conditions.ts';

/** A row of a list, as far as it can be counted by. What belongs to a standing is null where rows are initiatives. */
export type Found = {
	initiative_id: string;
	theme: string | null;
	scope: string | null;
	certainty: string | null;
	layer: string;
	entity_id: string | null;
	freshness: Freshness;
	stage: Stage | null;
	timing: Timing | null;
	change: Change | null;
	/** At the meeting before; null where it was not expected there. */
	was: Freshness | null;
	stage_before: Stage | null;
};

const ofInitiative = sql`i.id as initiative_id, i.theme, i.scope, i.certainty, ${layer} as layer`;
const ofStanding = sql`s.entity_id, s.freshness, s.stage, s.timing, s.change, b.freshness as was, b.stage as stage_before`;

/** The rows of a list as a query. `except` leaves one filter out, to count its values. */
export function found(asked: Asked, except?: Name): RawBuilder<Found> {
	const where = all(asked, except);
	if (!asked.expectations)
		return sql`select ${ofInitiative}, null as entity_id from initiative i where ${where}`;
	const { at, from, joined } = asked;
	return sql`select ${ofInitiative}, ${ofStanding}
		from standing s
		join initiative i on i.id = s.initiative_id
		join entity e on e.id = s.entity_id
		left join standing b on b.basis = ${from?.basis ?? 'known'} and b.meeting_id = ${from?.meeting_id ?? ''}
			and b.initiative_id = s.initiative_id and b.entity_id = s.entity_id ${joined ? and(within(joined)) : sql``}
		where s.basis = ${at?.basis ?? 'known'} and s.meeting_id = ${at?.meeting_id ?? ''} and ${where}`;
}

const and = (condition: RawBuilder<boolean>) => sql` and ${condition}`;
