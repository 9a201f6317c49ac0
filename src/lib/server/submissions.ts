import { randomInt } from 'node:crypto';
import { transact, transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { ReceiptTable, SubmissionTable } from '#db/schema.ts';
import type { User } from '#lib/domain/access.ts';
import { reportOf } from '#lib/domain/draft-check.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { move } from '#lib/domain/submission.ts';
import { count } from '#lib/domain/text.ts';
import type { Channel } from '#lib/domain/words.ts';
import * as audit from './audit.ts';
import * as drafts from './drafts.ts';
import * as evidence from './evidence.ts';
import * as adjust from './initiatives/adjust.ts';
import * as rounds from './rounds.ts';
import * as expectations from './rounds/expectations.ts';
import { inRound, namedIn } from './rounds/asked.ts';
import { recount } from './standings.ts';
import * as copies from './submissions/copy.ts';
import { stateOf, tasks, type Task } from './submissions/tasks.ts';
import { record } from './updates/record.ts';

type Answer = { meeting_id: string; entity_id: string };

/** Whoever asks may know more of an answer than which it is; only that is written. */
const just = ({ meeting_id, entity_id }: Answer): Answer => ({ meeting_id, entity_id });

export type Missing = { initiative_id: string; title: string; lacks: string[] };

/** An answer that can't be submitted yet, with what each initiative lacks. */
export class Incomplete extends BadInput {
	override name = 'Incomplete';
	missing: Missing[];
	constructor(sentence: string, missing: Missing[]) {
		super(sentence);
		this.missing = missing;
	}
}

export type Wish = {
	/** Submit although some initiatives have no word yet: they count as “No report”. */
	partly?: boolean;
	/** Why there is nothing to report: a nil return. */
	nothing?: string;
	/** How it comes in; what the office submits for others is on behalf, however it comes. */
	through?: 'web' | 'api';
};

/**
 * Submits an entity's answer to a round: what was written becomes status updates, all of it or nothing. Gives the reference
 * of the receipt.
 */
export function submit(
	db: Db,
	user: User,
	given: Answer,
	{ partly = false, nothing = '', through = 'web' }: Wish = {}
) {
	return transact(db, async (trx) => {
		const actor = audit.actorOf(user);
		const answer = just(given);
		const { meeting_id, entity_id } = answer;
		const round = await rounds.taking(trx, meeting_id);
		const side = drafts.sideOf(user, entity_id);
		const { state, submission } = await stateOf(trx, answer);
		const next = move(state, 'submit');
		const all = await tasks(trx, { ...answer, side });
		const ready = all.filter(({ draft }) => draft !== null);
		const reason = nothing.trim();
		complete(all, ready, { state, partly, reason });

		const channel: Channel = side === 'office' ? 'on_behalf' : through;
		const submitted_at = new Date().toISOString();
		await answered(trx, { ...answer, state: next, channel, submitted_at, reason: reason || null });
		if (['draft', 'returned', 'excused'].includes(state)) await recountAll(trx, answer);
		const made: string[] = [];
		for (const task of ready) made.push(await settle(trx, actor, answer, task));

		const reference = await receipt(trx, {
			...answer,
			submitted_at,
			submitted_by_name: user.name,
			channel,
			reason: reason || null,
			update_ids: JSON.stringify(made)
		});
		await trx
			.deleteFrom('readiness')
			.where('meeting_id', '=', meeting_id)
			.where('entity_id', '=', entity_id)
			.execute();
		await audit.record(trx, actor, {
			act: side === 'office' ? 'submit_on_behalf' : 'submit',
			object: `answer ${entity_id} to ${meeting_id}`,
			...answer,
			before: { state, channel: submission?.channel ?? null },
			after: { state: next, channel, reference, updates: made.length, reason: reason || null }
		});
		await copies.post(trx, user, { round, reference, entity_id });
		return { reference };
	});
}

function complete(
	all: Task[],
	ready: Task[],
	{ state, partly, reason }: { state: string; partly: boolean; reason: string }
) {
	const missing = ready
		.filter(({ state }) => state === 'begun')
		.map(({ initiative_id, title, lacks }) => ({ initiative_id, title, lacks: Object.values(lacks) }));
	if (missing.length > 0)
		throw new Incomplete(
			`Nothing was submitted: ${count(missing.length, 'initiative')} ${missing.length === 1 ? 'lacks' : 'lack'} something.`,
			missing
		);
	if (reason !== '') {
		if (ready.length > 0)
			throw new BadInput(
				'You say that there is nothing to report, and reports are written. Submit those instead, or empty them first.'
			);
		return;
	}
	// What a program wrote before it submitted has been recorded, and waits for this.
	const recorded = state === 'draft' && all.some(({ now }) => now !== null);
	if (ready.length === 0 && state !== 'returned' && !recorded)
		throw new BadInput(
			'There is nothing new to submit. Write a report, confirm that nothing has changed, or give the reason why there is nothing to report.'
		);
	const silent = all.filter(({ state, asked }) => state === 'todo' && asked);
	if (silent.length > 0 && !partly)
		throw new Incomplete(
			`Nothing was submitted: of ${count(silent.length, 'initiative')} nothing is said yet. Say something of each, or choose to submit without them.`,
			silent.map(({ initiative_id, title }) => ({ initiative_id, title, lacks: ['Nothing is said yet.'] }))
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
export function excuse(db: Db, user: User, given: Answer, reason: string) {
	return transact(db, async (trx) => {
		const answer = just(given);
		const { meeting_id, entity_id } = answer;
		await rounds.taking(trx, meeting_id);
		const { state, submission } = await stateOf(trx, answer);
		const next = move(state, 'excuse');
		const why = reason.trim();
		if (why === '') throw new BadInput('Give the reason: it is shown in place of an answer.');
		if (why.length > 2000) throw new BadInput('Keep the reason under 2,000 characters.');
		const channel: Channel = drafts.sideOf(user, entity_id) === 'office' ? 'on_behalf' : 'web';
		await answered(trx, {
			...answer,
			state: next,
			channel,
			submitted_at: new Date().toISOString(),
			reason: why
		});
		await recountAll(trx, answer);
		await audit.record(trx, audit.actorOf(user), {
			act: 'excuse',
			object: `answer ${entity_id} to ${meeting_id}`,
			...answer,
			before: { state, channel: submission?.channel ?? null },
			after: { state: next, reason: why }
		});
	});
}

/** A contributor says that the answer can go out. Whoever submits for the entity sees it, and hears of it by mail. */
export function sayReady(db: Db, user: User, given: Answer) {
	return transactAside(db, async (trx) => {
		const answer = just(given);
		const round = await rounds.taking(trx, answer.meeting_id);
		const said = { said_by: user.id, said_by_name: user.name, said_at: new Date().toISOString() };
		await trx
			.insertInto('readiness')
			.values({ ...answer, ...said })
			.onConflict((c) => c.columns(['meeting_id', 'entity_id']).doUpdateSet(said))
			.execute();
		await audit.record(trx, audit.actorOf(user), {
			act: 'say_ready',
			object: `answer ${answer.entity_id} to ${answer.meeting_id}`,
			...answer
		});
		await copies.tellReady(trx, user, { round, entity_id: answer.entity_id });
	});
}

/** Who said last that the answer can go out. */
export function readiness(db: Reader, { meeting_id, entity_id }: Answer) {
	return db
		.selectFrom('readiness')
		.select(['said_by_name', 'said_at'])
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.executeTakeFirst();
}

/** Letters that can not be taken for another, on paper or on the telephone. */
const letters = '346789ACEFHJKMNPQRTWXY';

async function receipt(trx: Db, row: Omit<ReceiptTable, 'reference'>): Promise<string> {
	for (;;) {
		const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
		const reference = `${row.entity_id.toUpperCase().slice(0, 12)}-${four()}`;
		const added = await trx
			.insertInto('receipt')
			.values({ reference, ...row })
			.onConflict((c) => c.column('reference').doNothing())
			.executeTakeFirst();
		if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0) return reference;
	}
}
