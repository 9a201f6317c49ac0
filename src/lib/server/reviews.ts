import { transact, type Db, type Reader } from '#db/open.server.ts';
import { entitiesOf, may, type User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { isOpen, lastWord } from '#lib/domain/review.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Timing } from '#lib/domain/timing.ts';
import type { Verdict } from '#lib/domain/words.ts';
import { permit } from './access/guard.ts';
import * as audit from './audit.ts';
import * as words from './reviews/words.ts';
import { spoken, type Spoken } from './reviews/spoken.ts';
import * as standings from './standings.ts';

export type Verdicts = {
	verdict: Verdict;
	note?: string | null;
	stage?: Stage | null;
	timing?: Timing | null;
};

/** Says what a reviewer makes of updates: one word for all of them, and all of them or none. */
export function record(db: Db, user: User, update_ids: readonly string[], word: Verdicts) {
	return transact(db, async (trx) => {
		for (const update of await reviewable(trx, user, [...new Set(update_ids)]))
			await say(trx, user, update, word);
	});
}

/** The updates of these ids, where this person may review them. What may not be seen answers like what is not there. */
async function reviewable(trx: Db, user: User, ids: string[]): Promise<Spoken[]> {
	const updates = await spoken(trx, { ids });
	const theirs = updates.filter(
		(update) => update.state !== 'returned' && may(user, 'review', { ...update, frozen: false })
	);
	if (theirs.length < ids.length)
		throw new NotFound(
			'There is no such status update to review: it may have been replaced or given back. Reload the page.'
		);
	if (updates.some(({ frozen }) => frozen))
		throw new BadInput('The meeting is frozen: what was said for it can no longer be reviewed.');
	return theirs;
}

async function say(trx: Db, user: User, update: Spoken, { verdict, ...own }: Verdicts) {
	const { note = null, stage = null, timing = null } = own;
	const differs = {
		stage: stage === update.stage ? null : stage,
		timing: timing === update.timing ? null : timing
	};
	if (verdict === 'differs' && differs.stage === null && differs.timing === null)
		throw new BadInput(
			'Choose a stage or a timing that is not the one reported, or confirm the update instead.'
		);
	const before = lastWord(await words.of(trx, [update.id]));
	const recorded_at = after(before?.recorded_at);
	await trx
		.insertInto('review')
		.values({ update_id: update.id, verdict, note, recorded_at, reviewed_by: user.id, ...differs })
		.execute();
	// Only what is implemented and confirmed stands longer than its round: nothing else counts differently for a review.
	if (update.stage === 'implemented') await standings.recount(trx, update.initiative_id);
	await audit.record(trx, audit.actorOf(user), {
		...about(update),
		act: verb[verdict],
		before: before && { verdict: before.verdict },
		after: { verdict, ...differs, note }
	});
}

const verb: Record<Verdict, string> = { confirmed: 'confirm', queried: 'query', differs: 'differ' };

/** Now; later than the word before, should that be of this very moment. */
function after(before: string | undefined) {
	const now = Date.now();
	return new Date(before ? Math.max(now, Date.parse(before) + 1) : now).toISOString();
}

/** The reporter's side agrees with a view that differed: from now on everybody may see both. */
export function agree(db: Db, user: User, { update, recorded_at }: { update: string; recorded_at: string }) {
	return transact(db, async (trx) => {
		const [said] = await spoken(trx, { ids: [update] });
		const last = said && lastWord(await words.of(trx, [update]));
		// Whoever reviews on the other side does not agree with themselves, even where they may answer on behalf.
		if (!said || !last || !entitiesOf(user).includes(said.entity_id))
			throw new NotFound(
				'There is no such view to agree with: it may have been taken back. Reload the page.'
			);
		permit(may(user, 'submit', { entity_id: said.entity_id }), coordinatorAgrees);
		if (last.recorded_at !== recorded_at || last.verdict !== 'differs')
			throw new BadInput('The reviewer has said something newer. Reload the page and read it first.');
		if (last.agreed_at !== null) return;
		await trx
			.insertInto('review_agreement')
			.values({ update_id: update, recorded_at, agreed_by: user.id, agreed_at: new Date().toISOString() })
			.execute();
		await audit.record(trx, audit.actorOf(user), {
			...about(said),
			act: 'agree',
			before: { stage: said.stage, timing: said.timing },
			after: { stage: last.stage ?? said.stage, timing: last.timing ?? said.timing }
		});
	});
}

const coordinatorAgrees =
	'Your national coordinator agrees for your administration: tell them that this view waits for them.';

function about({ id, entity_id, meeting_id, initiative_id }: Spoken) {
	return { object: `status update ${id}`, entity_id, meeting_id, initiative_id };
}

/** May this person read what the two sides say to each other about an entity's updates? */
export function isOfTheTwo(
	user: User | undefined,
	{ entity_id, scopes }: Pick<Spoken, 'entity_id' | 'scopes'>
) {
	return may(user, 'review', { entity_id, scopes }) || may(user, 'report', { entity_id });
}

/** What reviewers and the entity said to each other about an initiative: only what this person may read of it. */
export async function onInitiative(db: Reader, user: User | undefined, initiative_id: string) {
	if (!user) return [];
	const theirs = (await spoken(db, { initiative_id })).filter((update) => isOfTheTwo(user, update));
	return exchanged(db, theirs);
}

/** What waits for an answer of this person's entities: queries, and views that differ and were not agreed with. */
export async function waitingFor(
	db: Reader,
	user: User | undefined,
	{ meeting_id }: { meeting_id?: string } = {}
) {
	const entity_id = entitiesOf(user);
	if (entity_id.length === 0) return [];
	return waitingAmong(user, await exchanged(db, await spoken(db, { entity_id, meeting_id })));
}

/** The same, among what was found already; with whether this person may agree. */
export function waitingAmong(user: User | undefined, found: Awaited<ReturnType<typeof exchanged>>) {
	return found
		.filter(
			({ entity_id, state, frozen, exchange }) =>
				isTheirs(user, entity_id) && state !== 'accepted' && !frozen && isOpen(lastWord(exchange)!)
		)
		.map((update) => ({
			...update,
			word: lastWord(update.exchange)!,
			agrees: may(user, 'submit', { entity_id: update.entity_id })
		}));
}

function isTheirs(user: User | undefined, entity_id: string) {
	return entitiesOf(user).includes(entity_id) && may(user, 'report', { entity_id });
}

export type Waiting = Awaited<ReturnType<typeof waitingFor>>[number];

async function exchanged(db: Reader, updates: readonly Spoken[]) {
	const said = await words.betweenTheTwo(
		db,
		updates.map(({ id }) => id)
	);
	const of = Map.groupBy(said, ({ update_id }) => update_id);
	return updates.flatMap((update) => {
		const exchange = of.get(update.id);
		return exchange ? [{ ...update, exchange }] : [];
	});
}
