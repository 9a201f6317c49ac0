import { transact, type Db, type Reader } from '#db/open.server.ts';
import type { SnapshotTable } from '#db/schema.ts';
import { BadInput } from '#lib/domain/errors.ts';
import type { Actor } from './audit.ts';
import * as audit from './audit.ts';
import { drafts } from './freezes/outlook.ts';
import * as meetings from './meetings.ts';
import { isFrozen } from './rounds.ts';
import { take } from './snapshots/take.ts';

/** Answers are still drafts, and nobody said that they are left out. */
export class StillDraft extends BadInput {}

/**
 * Fixes a meeting's figures: all they are drawn from is read in one steady state, and sealed. What arrives while it is written
 * down came after the freeze. `leaveOutDrafts` says that answers still in draft are known and left out.
 */
export async function freeze(
	db: Db,
	actor: Actor,
	meeting_id: string,
	{ leaveOutDrafts = false }: { leaveOutDrafts?: boolean } = {}
): Promise<Omit<SnapshotTable, 'frozen_by_id'>> {
	await ensureFreezable(db, meeting_id);
	const open = await drafts(db, meeting_id);
	if (open.length > 0 && !leaveOutDrafts) throw new StillDraft(stillDraft(open.map(({ name }) => name)));

	const number = (await newest(db, meeting_id)) + 1;
	const taken = await take(db, { meeting_id, number, left_out: open.map(({ id }) => id) });
	const { head, sha256, size, parts } = taken;
	const row: SnapshotTable = {
		meeting_id,
		number,
		frozen_at: head.frozen_at,
		frozen_by: actor.name,
		frozen_by_id: actor.user_id,
		left_out: head.left_out.length > 0 ? JSON.stringify(head.left_out) : null,
		revision: head.revision,
		method_version: head.method,
		app_version: head.application,
		sha256,
		size
	};
	await transact(db, async (trx) => {
		// Signed first: on PostgreSQL that makes a second freeze of the same moment wait, and then be refused.
		await audit.record(trx, actor, {
			act: 'freeze',
			object: `meeting ${meeting_id}`,
			meeting_id,
			after: { snapshot: number, frozen_at: head.frozen_at, sha256, left_out: head.left_out }
		});
		await ensureFreezable(trx, meeting_id);
		if ((await newest(trx, meeting_id)) !== number - 1) throw new BadInput(twice(meeting_id));
		for (const part of parts)
			await trx
				.insertInto('snapshot_part')
				.values({ meeting_id, number, ...part })
				.execute();
		await trx.insertInto('snapshot').values(row).execute();
		const frozen = { meeting_id, frozen_at: head.frozen_at, sha256, snapshot: number };
		await trx.insertInto('freeze').values(frozen).execute();
	});
	return row;
}

/** Lets a meeting's figures change again. The snapshot stays; the next freeze makes another. */
export function unfreeze(db: Db, actor: Actor, meeting_id: string, reason: string) {
	return transact(db, async (trx) => {
		await meetings.get(trx, meeting_id);
		const found = await freezeOf(trx, meeting_id);
		if (!found) throw new BadInput(`${meeting_id} is not frozen, so there is nothing to undo.`);
		const why = reason.trim();
		if (why === '') throw new BadInput('Give the reason why the freeze is undone: it stays on record.');
		const { frozen_at, sha256, snapshot } = found;
		await trx
			.insertInto('unfreeze')
			.values({
				meeting_id,
				undone_at: new Date().toISOString(),
				number: snapshot,
				frozen_at,
				undone_by: actor.name,
				undone_by_id: actor.user_id,
				reason: why
			})
			.execute();
		await trx.deleteFrom('freeze').where('meeting_id', '=', meeting_id).execute();
		// Of a freeze without a snapshot the figures were worked out, and stood here.
		for (const table of ['standing', 'tally'] as const) {
			await trx
				.deleteFrom(table)
				.where('basis', '=', 'presented')
				.where('meeting_id', '=', meeting_id)
				.execute();
		}
		await audit.record(trx, actor, {
			act: 'unfreeze',
			object: `meeting ${meeting_id}`,
			meeting_id,
			before: { snapshot, frozen_at, sha256 },
			after: { reason: why }
		});
	});
}

function freezeOf(db: Reader, meeting_id: string) {
	return db.selectFrom('freeze').selectAll().where('meeting_id', '=', meeting_id).executeTakeFirst();
}

async function newest(db: Reader, meeting_id: string) {
	const { number } = await db
		.selectFrom('snapshot')
		.select((eb) => eb.fn.max<number | null>('number').as('number'))
		.where('meeting_id', '=', meeting_id)
		.executeTakeFirstOrThrow();
	return number ?? 0;
}

async function ensureFreezable(db: Reader, meeting_id: string) {
	const { round } = await meetings.get(db, meeting_id);
	if (!round)
		throw new BadInput(
			`${meeting_id} is no round of reporting, so it has no figures to freeze. Give it a due date first.`
		);
	if (await isFrozen(db, meeting_id)) throw new BadInput(twice(meeting_id));
}

const twice = (meeting_id: string) =>
	`${meeting_id} is frozen already. An administrator can undo that, with a reason.`;

function stillDraft(names: readonly string[]) {
	const who = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
	const list = who.length > 1 ? `${who.slice(0, -1).join(', ')} and ${who.at(-1)}` : who[0];
	return `${list} ${names.length > 1 ? 'have' : 'has'} not sent what is still a draft. Ask for it, or say that drafts are left out.`;
}
