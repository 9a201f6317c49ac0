import type { Reader } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { dueAt, isLate } from '#lib/domain/round.ts';
import * as evidence from '../evidence.ts';
import * as meetings from '../meetings.ts';
import * as rounds from '../rounds.ts';
import * as settlements from '../settlements.ts';
import { withBefore } from './queue.ts';
import { spoken } from './spoken.ts';
import * as words from './words.ts';

const absent = () => new NotFound('There is no such answer to review.');

/**
 * An entity's whole answer to a round as its reviewers read it: what it says, what was made of each part, what became of it.
 * An area coordinator is shown the part under their elements. Nothing of it is theirs? Then it is not there.
 */
export async function read(db: Reader, user: User, { meeting_id, entity_id }: settlements.Answer) {
	if (!canExist(meeting_id) || !canExist(entity_id)) throw absent();
	const submission = await db
		.selectFrom('submission as s')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.select(['s.state', 's.channel', 's.submitted_at', 's.reason', 'e.name as entity'])
		.where('s.meeting_id', '=', meeting_id)
		.where('s.entity_id', '=', entity_id)
		.where('s.state', '<>', 'draft')
		.executeTakeFirst();
	const settles = may(user, 'settle', { entity_id });
	const updates = (await spoken(db, { meeting_id, entity_id })).filter((update) =>
		may(user, 'review', { ...update, frozen: false })
	);
	if (!submission || (!settles && updates.length === 0)) throw absent();
	const ids = updates.map(({ id }) => id);
	const exchanges = Map.groupBy(await words.betweenTheTwo(db, ids), ({ update_id }) => update_id);
	const files = await evidence.ofUpdates(db, ids);
	const meeting = await meetings.get(db, meeting_id);
	return {
		meeting,
		late: isLate(submission.submitted_at, dueAt(meeting.due_on, await rounds.find(db, meeting_id))),
		entity: { id: entity_id, name: submission.entity },
		submission,
		settles,
		settlements: await settlements.history(db, { meeting_id, entity_id }),
		updates: (await withBefore(db, meeting_id, updates)).map((update) => ({
			...update,
			exchange: exchanges.get(update.id) ?? [],
			evidence: files.filter(({ update_id }) => update_id === update.id)
		}))
	};
}
