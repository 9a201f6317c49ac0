import type { KeptOrder } from '#lib/charts/arrange.ts';
import { transact, type Db, type Reader } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import * as audit from '../audit.ts';

type Which = { meeting_id: string; plan_id: string };

/** The order the office keeps for a meeting's slides; nothing where it is the usual one. */
export async function get(db: Reader, { meeting_id, plan_id }: Which): Promise<KeptOrder | undefined> {
	const row = await db
		.selectFrom('deck_order')
		.select(['slides', 'version', 'kept_by_name', 'kept_at'])
		.where('meeting_id', '=', meeting_id)
		.where('plan_id', '=', plan_id)
		.executeTakeFirst();
	return (
		row && {
			slides: JSON.parse(row.slides) as string[],
			version: row.version,
			by: row.kept_by_name,
			at: row.kept_at
		}
	);
}

/**
 * Keeps an order for everybody, or goes back to the usual one with `null`. `seen` is the version it was made from, 0 for the usual
 * one: where another was kept in between, nothing is done and the answer is false.
 */
export function keep(
	db: Db,
	user: User,
	which: Which,
	slides: readonly string[] | null,
	seen: number
): Promise<boolean> {
	return transact(db, async (trx) => {
		const before = await get(trx, which);
		if ((before?.version ?? 0) !== seen) return false;
		const changed = slides ? await put(trx, user, which, slides, seen) : await remove(trx, which, seen);
		if (!changed) return false;
		await audit.record(trx, audit.actorOf(user), {
			act: slides ? 'order slides' : 'restore slides',
			object: `deck of ${which.meeting_id} under ${which.plan_id}`,
			meeting_id: which.meeting_id,
			before: before?.slides ?? null,
			after: slides
		});
		return true;
	});
}

async function put(trx: Db, user: User, which: Which, slides: readonly string[], seen: number) {
	const row = {
		slides: JSON.stringify(slides),
		version: seen + 1,
		kept_by: user.id,
		kept_by_name: user.name,
		kept_at: new Date().toISOString()
	};
	// On PostgreSQL two may have read the same version: the second finds it changed, or its row already there.
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('deck_order')
		.values({ meeting_id: which.meeting_id, plan_id: which.plan_id, ...row })
		.onConflict((conflict) =>
			conflict.columns(['meeting_id', 'plan_id']).doUpdateSet(row).where('deck_order.version', '=', seen)
		)
		.executeTakeFirst();
	return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

async function remove(trx: Db, { meeting_id, plan_id }: Which, seen: number) {
	const { numDeletedRows } = await trx
		.deleteFrom('deck_order')
		.where('meeting_id', '=', meeting_id)
		.where('plan_id', '=', plan_id)
		.where('version', '=', seen)
		.executeTakeFirst();
	return numDeletedRows > 0n;
}
