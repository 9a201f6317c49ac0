import { randomUUID } from 'node:crypto';
import { transact, type Db, type Reader } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import * as audit from '../audit.ts';

export type Which = { meeting_id: string; from_id: string; plan_id: string; from_plan_id: string };
export type ChangeText = { id: string; words: string | null; written_by_name: string; written_at: string };

/** What the office last wrote about two meetings; by a moment, where it is asked for as presented. */
export function newest(db: Reader, which: Which, by: string | null = null): Promise<ChangeText | undefined> {
	let rows = db
		.selectFrom('change_text')
		.select(['id', 'words', 'written_by_name', 'written_at'])
		.where('meeting_id', '=', which.meeting_id)
		.where('from_id', '=', which.from_id)
		.where('plan_id', '=', which.plan_id)
		.where('from_plan_id', '=', which.from_plan_id)
		.orderBy('written_at', 'desc')
		.orderBy('id')
		.limit(1);
	if (by !== null) rows = rows.where('written_at', '<=', by);
	return rows.executeTakeFirst();
}

/**
 * Keeps the office's words, or goes back to what is written from the data where there are none. `seen` is the text they were
 * written from: where another came in between, nothing is kept and that one is given back.
 */
export function write(
	db: Db,
	user: User,
	which: Which,
	words: string | null,
	seen: string | null
): Promise<{ kept: true } | { kept: false; other: ChangeText }> {
	return transact(db, async (trx) => {
		const last = await newest(trx, which);
		if (last && last.id !== seen) return { kept: false, other: last } as const;
		const written_at = later(new Date().toISOString(), last?.written_at);
		await trx
			.insertInto('change_text')
			.values({
				id: randomUUID(),
				...which,
				words,
				written_by: user.id,
				written_by_name: user.name,
				written_at
			})
			.execute();
		await audit.record(trx, audit.actorOf(user), {
			act: words === null ? 'restore words' : 'write words',
			object: `changes from ${which.from_id} to ${which.meeting_id} under ${which.plan_id}`,
			meeting_id: which.meeting_id,
			before: last?.words ?? null,
			after: words
		});
		return { kept: true } as const;
	});
}

/** The order of the texts is their order in time, also within one millisecond. */
function later(now: string, last: string | undefined) {
	return last === undefined || now > last ? now : new Date(Date.parse(last) + 1).toISOString();
}
