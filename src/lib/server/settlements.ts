import { transact, type Db, type Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { may, type User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { move } from '#lib/domain/submission.ts';
import { permit } from './access/guard.ts';
import * as audit from './audit.ts';
import * as outbox from './mail/outbox.ts';
import { settled as written } from './mail/settled.ts';
import * as standings from './standings.ts';
import * as users from './users.ts';

/** Which answer: of one entity, to one round. */
export type Answer = { meeting_id: string; entity_id: string };
/** What is said with it, and the address this site is reached at, for the links in the mail. */
type With = { note: string; origin: string | null };

/** Gives an answer back to be mended. Its updates stop speaking until it is submitted again, in the figures too. */
export function giveBack(db: Db, user: User, answer: Answer, said: With) {
	return settle(db, user, answer, 'return', said);
}

/** Takes an answer as it is. */
export function accept(db: Db, user: User, answer: Answer, said: With) {
	return settle(db, user, answer, 'accept', said);
}

function settle(db: Db, user: User, answer: Answer, what: 'return' | 'accept', { note, origin }: With) {
	return transact(db, async (trx) => {
		permit(may(user, 'settle', answer));
		const found = await find(trx, answer);
		if (found.frozen_at !== null)
			throw new BadInput('The meeting is frozen: an answer to it can no longer be returned or accepted.');
		const state = move(found.state, what) as 'returned' | 'accepted';
		// Asked for the state once more: of two who press at the same moment, one settles it.
		const { numUpdatedRows } = await trx
			.updateTable('submission')
			.set({ state })
			.where('meeting_id', '=', answer.meeting_id)
			.where('entity_id', '=', answer.entity_id)
			.where('state', '=', found.state)
			.executeTakeFirstOrThrow();
		if (Number(numUpdatedRows) === 0)
			throw new BadInput('Somebody else has just settled this answer. Reload the page.');
		const settled_at = after((await last(trx, answer))?.settled_at);
		await trx
			.insertInto('settlement')
			.values({ ...answer, state, note: note || null, settled_by: user.id, settled_at })
			.execute();
		// What is accepted speaks as it did before; what is given back does not.
		if (state === 'returned') await recount(trx, answer);
		await audit.record(trx, audit.actorOf(user), {
			...answer,
			act: what,
			object: `answer ${answer.entity_id} to ${answer.meeting_id}`,
			before: { state: found.state },
			after: { state, note: note || null }
		});
		for (const to of await users.contacts(trx, answer.entity_id)) {
			const meeting = meetingName(found);
			await outbox.post(trx, {
				...written({ state, name: to.name, meeting, entity: found.entity, note, origin, by: user.name }),
				to: to.email,
				user_id: to.id,
				kind: state,
				once: `${state} ${answer.meeting_id} ${answer.entity_id} ${settled_at} ${to.id}`
			});
		}
	});
}

async function find(db: Reader, { meeting_id, entity_id }: Answer) {
	const found = await db
		.selectFrom('submission as s')
		.innerJoin('meeting as m', 'm.id', 's.meeting_id')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.leftJoin('freeze as f', 'f.meeting_id', 's.meeting_id')
		.select(['s.state', 'm.title', 'm.series', 'm.number', 'e.name as entity', 'f.frozen_at'])
		.where('s.meeting_id', '=', meeting_id)
		.where('s.entity_id', '=', entity_id)
		.executeTakeFirst();
	if (!found) throw new NotFound('There is no such answer to review.');
	return found;
}

/** What became of an answer, newest first, with the notes: for the two sides only. */
export function history(db: Reader, { meeting_id, entity_id }: Answer) {
	return db
		.selectFrom('settlement as s')
		.innerJoin('user as u', 'u.id', 's.settled_by')
		.select(['s.state', 's.note', 's.settled_at', 'u.name as settled_by'])
		.where('s.meeting_id', '=', meeting_id)
		.where('s.entity_id', '=', entity_id)
		.orderBy('s.settled_at', 'desc')
		.execute();
}

/** The same for some entities at a meeting. */
export async function ofEntities(db: Reader, meeting_id: string, entity_ids: readonly string[]) {
	if (entity_ids.length === 0) return [];
	return db
		.selectFrom('settlement as s')
		.innerJoin('user as u', 'u.id', 's.settled_by')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.select(['s.entity_id', 'e.name as entity', 's.state', 's.note', 's.settled_at', 'u.name as settled_by'])
		.where('s.meeting_id', '=', meeting_id)
		.where('s.entity_id', 'in', entity_ids)
		.orderBy('s.settled_at', 'desc')
		.execute();
}

/** The last word on an answer. */
export async function last(db: Reader, answer: Answer) {
	return (await history(db, answer))[0];
}

function after(before: string | undefined) {
	const now = Date.now();
	return new Date(before ? Math.max(now, Date.parse(before) + 1) : now).toISOString();
}

/** The initiatives the answer speaks of: whether it speaks is part of how each stands. */
async function recount(trx: Db, { meeting_id, entity_id }: Answer) {
	const rows = await trx
		.selectFrom('status_update')
		.select('initiative_id')
		.distinct()
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.execute();
	for (const { initiative_id } of rows) await standings.recount(trx, initiative_id);
}
