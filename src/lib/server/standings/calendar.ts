import { isOneOf } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import { byDueDate } from '#lib/domain/order.ts';
import { key, type Calendar, type Round, type Subject } from '#lib/domain/standing.ts';

/** Rounds, listed meetings, memberships and submissions: what the standings of every initiative depend on, or of one. */
export async function read(db: Reader, of?: Subject): Promise<Calendar> {
	const meetings = await meetingsOf(db, {});
	const listed = await listedOf(db, {});
	const submissions = of ? await submissionsOf(db, { ids: entitiesOf(of) }) : await allSubmissions(db, {});
	return {
		rounds: meetings
			.filter((meeting): meeting is typeof meeting & Round => meeting.due_on !== null)
			.sort(byDueDate),
		days: new Map(meetings.map(({ id, due_on, starts_on }) => [id, due_on ?? starts_on])),
		listed: new Set(listed.map(({ meeting_id }) => meeting_id)),
		mayBeAsked: await membership(db),
		submissions: new Map(submissions.map((s) => [key(s.meeting_id, s.entity_id), s.state]))
	};
}

const meetingsOf = prepared((db) =>
	db
		.selectFrom('meeting as m')
		// A snapshot holds its figures itself: only a freeze without one has them worked out.
		.leftJoin('freeze as f', (join) => join.onRef('f.meeting_id', '=', 'm.id').on('f.snapshot', 'is', null))
		.select(['m.id', 'm.starts_on', 'm.opens_on', 'm.due_on', 'f.frozen_at'])
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
const listedOf = prepared((db) => db.selectFrom('expectation').select('meeting_id').distinct());
const membersOf = prepared((db) => db.selectFrom('entity').select('id').where('kind', '=', 'member'));
const termsOf = prepared((db) => db.selectFrom('membership').select(['entity_id', 'from_on', 'to_on']));

/** Whoever may be asked about an initiative or has spoken of it, as a JSON array. */
function entitiesOf({ entities, expected, updates }: Subject) {
	const ids = [
		...entities.map(({ id }) => id),
		...expected.map(({ entity_id }) => entity_id),
		...updates.map(({ entity_id }) => entity_id)
	];
	return JSON.stringify([...new Set(ids)]);
}

async function membership(db: Reader): Promise<Calendar['mayBeAsked']> {
	const members = await membersOf(db, {});
	const terms = new Map<string, { from_on: string; to_on: string | null }[]>(
		members.map(({ id }) => [id, []])
	);
	const rows = await termsOf(db, {});
	for (const { entity_id, ...term } of rows) terms.get(entity_id)?.push(term);
	return (entity_id, day) =>
		terms.get(entity_id)?.some(({ from_on, to_on }) => from_on <= day && (to_on === null || day <= to_on)) ??
		true;
}
