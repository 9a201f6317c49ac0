import { isOneOf } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import { byDueDate } from '#lib/domain/order.ts';
import { key, type Calendar, type Round, type Subject } from '#lib/domain/standing.ts';

/** Rounds, listed meetings, memberships and submissions: what the standings of every initiative depend on, or of one. */
export async function read(db: Reader, of?: Subject): Promise<Calendar> {
	const meetings = await meetingsOf(db, {});
	const ids = of && entitiesOf(of);
	const submissions = ids ? await submissionsOf(db, { ids }) : await allSubmissions(db, {});
	const terms = ids ? await termsOf(db, { ids }) : await allTerms(db, {});
	return {
		rounds: meetings
			.filter((meeting): meeting is typeof meeting & Round => meeting.due_on !== null)
			.sort(byDueDate),
		days: new Map(meetings.map(({ id, due_on, starts_on }) => [id, due_on ?? starts_on])),
		listed: new Set(meetings.filter(({ listed }) => listed !== null).map(({ id }) => id)),
		mayBeAsked: membership(terms),
		submissions: new Map(submissions.map((s) => [key(s.meeting_id, s.entity_id), s.state]))
	};
}

const meetingsOf = prepared((db) =>
	db
		.selectFrom('meeting as m')
		// A snapshot holds its figures itself: only a freeze without one has them worked out.
		.leftJoin('freeze as f', (join) => join.onRef('f.meeting_id', '=', 'm.id').on('f.snapshot', 'is', null))
		.select(['m.id', 'm.starts_on', 'm.opens_on', 'm.due_on', 'f.frozen_at'])
		.select((eb) =>
			eb
				.selectFrom('expectation as x')
				.select('x.meeting_id')
				.whereRef('x.meeting_id', '=', 'm.id')
				.limit(1)
				.as('listed')
		)
);
const allSubmissions = prepared((db) =>
	db.selectFrom('submission').select(['meeting_id', 'entity_id', 'state'])
);
const submissionsOf = prepared((db, { ids }: { ids: string }) =>
	db
		.selectFrom('submission')
		.select(['meeting_id', 'entity_id', 'state'])
		.where(isOneOf(db, 'entity_id', ids))
);
const members = (db: Reader) =>
	db
		.selectFrom('entity as e')
		.leftJoin('membership as m', 'm.entity_id', 'e.id')
		.select(['e.id', 'm.from_on', 'm.to_on'])
		.where('e.kind', '=', 'member');
const allTerms = prepared((db) => members(db));
const termsOf = prepared((db, { ids }: { ids: string }) => members(db).where(isOneOf(db, 'e.id', ids)));

/** Whoever may be asked about an initiative or has spoken of it, as a JSON array. */
function entitiesOf({ entities, expected, updates }: Subject) {
	const ids = [
		...entities.map(({ id }) => id),
		...expected.map(({ entity_id }) => entity_id),
		...updates.map(({ entity_id }) => entity_id)
	];
	return JSON.stringify([...new Set(ids)]);
}

function membership(rows: Awaited<ReturnType<typeof termsOf>>): Calendar['mayBeAsked'] {
	const terms = Map.groupBy(rows, ({ id }) => id);
	return (entity_id, day) =>
		terms
			.get(entity_id)
			?.some(
				({ from_on, to_on }) => from_on !== null && from_on <= day && (to_on === null || day <= to_on)
			) ?? true;
}
