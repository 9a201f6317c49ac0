import { transact, type Db } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { SubmissionTable } from '#db/schema.ts';
import type { User } from '#lib/domain/access.ts';
import { reportOf } from '#lib/domain/draft-check.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { isUnsent, move } from '#lib/domain/submission.ts';
import type { Channel } from '#lib/domain/words.ts';
import * as audit from './audit.ts';
import * as drafts from './drafts.ts';
import * as entities from './entities.ts';
import * as evidence from './evidence.ts';
import * as adjust from './initiatives/adjust.ts';
import * as outbox from './mail/outbox.ts';
import * as rounds from './rounds.ts';
import * as expectations from './rounds/expectations.ts';
import { inRound, namedIn } from './rounds/asked.ts';
import { recount } from './standings.ts';
import { complete } from './submissions/complete.ts';
import * as copies from './submissions/copy.ts';
import * as readiness from './submissions/readiness.ts';
import * as receipts from './submissions/receipts.ts';
import { stateOf, tasks, type Task } from './submissions/tasks.ts';
import { record } from './updates/record.ts';
import * as users from './users.ts';

type Answer = { meeting_id: string; entity_id: string };

/** Whoever asks may know more of an answer than which it is; only that is written. */
const just = ({ meeting_id, entity_id }: Answer): Answer => ({ meeting_id, entity_id });

export type Wish = {
	/** Submit although some initiatives have no word yet: they count as “No report”. */
	partly?: boolean;
	/** Why there is nothing to report: a nil return. */
	nothing?: string;
	/** How it comes in; what the office submits for others is on behalf, however it comes. */
	through?: 'web' | 'api';
	/** Our own address, where we know it, for the links in mails. */
	origin?: string | null;
};

/**
 * Submits an entity's answer to a round: what was written becomes status updates, all of it or nothing. Gives the reference
 * of the receipt.
 */
export function submit(
	db: Db,
	user: User,
	given: Answer,
	{ partly = false, nothing = '', through = 'web', origin = null }: Wish = {}
) {
	return transact(db, async (trx) => {
		const actor = audit.actorOf(user);
		const answer = just(given);
		const { meeting_id, entity_id } = answer;
		const round = await rounds.taking(trx, meeting_id);
		await entities.get(trx, entity_id);
		const side = drafts.sideOf(user, entity_id);
		const { state, submission } = await stateOf(trx, answer);
		const next = move(state, 'submit');
		// What a colleague saves at this moment goes out too, or stays a draft; it is not taken for submitted unread.
		await drafts.hold(trx, { ...answer, side });
		const all = await tasks(trx, { ...answer, side });
		const ready = all.filter(({ draft }) => draft !== null);
		const reason = nothing.trim();
		complete(all, ready, { state, channel: submission?.channel, partly, reason });

		const channel: Channel = side === 'office' ? 'on_behalf' : through;
		const submitted_at = new Date().toISOString();
		await answered(trx, { ...answer, state: next, channel, submitted_at, reason: reason || null });
		if (['draft', 'returned', 'excused'].includes(state)) await recountAll(trx, answer);
		// What a program sent has been recorded before, and belongs to what is submitted now.
		const made = isUnsent(state) ? all.flatMap(({ draft, now }) => (draft || !now ? [] : now.id)) : [];
		for (const task of ready) made.push(await settle(trx, actor, answer, task));

		const reference = await receipts.issue(trx, {
			...answer,
			submitted_at,
			submitted_by_name: user.name,
			channel,
			reason: reason || null,
			update_ids: JSON.stringify(made)
		});
		await readiness.forget(trx, answer);
		await audit.record(trx, actor, {
			act: side === 'office' ? 'submit_on_behalf' : 'submit',
			object: `answer ${entity_id} to ${meeting_id}`,
			...answer,
			before: { state, channel: submission?.channel ?? null },
			after: { state: next, channel, reference, updates: made.length, reason: reason || null }
		});
		await stopDigests(trx, entity_id);
		await copies.post(trx, user, { round, reference, entity_id, origin });
		return { reference };
	});
}

/** What is reported after a nil return takes the place of its reason: an answer does not say both. */
export const withdrawReason = prepared((trx: Db, { meeting_id, entity_id }: Answer) =>
	trx
		.updateTable('submission')
		.set({ reason: null })
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.where('state', 'in', ['submitted', 'accepted', 'returned'])
		.where('reason', 'is not', null)
);

/** Nobody is asked for what has just been answered. */
async function stopDigests(trx: Db, entity_id: string) {
	const people = await users.contacts(trx, entity_id);
	await outbox.takeBack(
		trx,
		people.map(({ id }) => id)
	);
}

/** Makes a status update of one draft, and follows up what it says of the initiative. */
async function settle(trx: Db, actor: audit.Actor, answer: Answer, task: Task) {
	const { initiative_id, isNew, last } = task;
	const draft = task.draft!;
	const about = { ...answer, initiative_id };
	if (isNew) {
		await adjust.add(trx, actor, about, draft.fields);
		if (await expectations.isListed(trx, answer.meeting_id))
			await trx
				.insertInto('expectation')
				.values({ ...about, reason: 'new in this round' })
				.execute();
	}
	await adjust.follow(trx, actor, about, draft.fields);
	const { id } = await record(trx, actor, reportOf(draft.fields, about, last === null));
	await evidence.settle(trx, { ...about, side: draft.side }, id);
	await drafts.settle(trx, draft.id, id);
	return id;
}

async function answered(trx: Db, { meeting_id, entity_id, ...rest }: SubmissionTable) {
	await trx
		.insertInto('submission')
		.values({ meeting_id, entity_id, ...rest })
		.onConflict((c) => c.columns(['meeting_id', 'entity_id']).doUpdateSet(rest))
		.execute();
}

/** An answer is silent or speaks as a whole: all its initiatives are counted anew. */
async function recountAll(trx: Db, { meeting_id, entity_id }: Answer) {
	const asked = (await inRound(trx, meeting_id, entity_id)).map(({ initiative_id }) => initiative_id);
	for (const id of new Set([...asked, ...(await namedIn(trx, entity_id))])) await recount(trx, id);
}

/** Excuses an entity from a round: it is not counted as expected, and the reason is shown. */
export function excuse(
	db: Db,
	user: User,
	given: Answer,
	reason: string,
	{ through = 'web' }: Pick<Wish, 'through'> = {}
) {
	return transact(db, async (trx) => {
		const answer = just(given);
		const { meeting_id, entity_id } = answer;
		await rounds.taking(trx, meeting_id);
		await entities.get(trx, entity_id);
		const { state, submission } = await stateOf(trx, answer);
		const next = move(state, 'excuse');
		const why = reason.trim();
		if (why === '') throw new BadInput('Give the reason: it is shown in place of an answer.');
		if (why.length > 2000) throw new BadInput('Keep the reason under 2,000 characters.');
		const channel: Channel = drafts.sideOf(user, entity_id) === 'office' ? 'on_behalf' : through;
		await answered(trx, {
			...answer,
			state: next,
			channel,
			submitted_at: new Date().toISOString(),
			reason: why
		});
		await recountAll(trx, answer);
		await stopDigests(trx, entity_id);
		await audit.record(trx, audit.actorOf(user), {
			act: 'excuse',
			object: `answer ${entity_id} to ${meeting_id}`,
			...answer,
			before: { state, channel: submission?.channel ?? null },
			after: { state: next, reason: why }
		});
	});
}
