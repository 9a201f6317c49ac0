import { randomUUID } from 'node:crypto';
import type { Db } from '#db/open.server.ts';
import { wanted } from '#lib/domain/mail.ts';
import * as choices from './choices.ts';

export type Mail = {
	to: string;
	user_id?: string | null;
	/** What it is about, for the log: sign_in, invitation, round_opens, digest, returned, accepted, reminder, copy. */
	kind: string;
	subject: string;
	text: string;
	html?: string | null;
	/** Names what must go out only once: a second mail of that name is dropped. */
	once?: string;
	/** Not before this moment. */
	send_after?: string;
	/** Whether its person wants it, where that has been asked already. */
	wanted?: boolean;
};

/**
 * Puts a mail into the outbox, in the transaction of what it tells of; the worker sends it. Says whether it was new. What its
 * person does not want is kept as that, so that the log can say so.
 */
export function post(trx: Db, mail: Mail): Promise<boolean> {
	return write(trx, mail, {});
}

/** Notes a mail that is not to go out, and why, with as much work as one that is. */
export function drop(trx: Db, mail: Mail, why: string): Promise<boolean> {
	return write(trx, mail, { failed_at: new Date().toISOString(), error: why });
}

/**
 * Takes the digests back that wait for these people: they speak of what has been answered meanwhile. Whoever is asked for
 * something else gets another within the morning.
 */
export async function takeBack(trx: Db, user_ids: readonly string[]) {
	if (user_ids.length === 0) return;
	await trx
		.deleteFrom('outbox')
		.where('kind', '=', 'digest')
		.where('user_id', 'in', user_ids)
		.where('sent_at', 'is', null)
		.where('failed_at', 'is', null)
		.where('claimed_at', 'is', null)
		.execute();
}

async function write(trx: Db, mail: Mail, outcome: { failed_at?: string; error?: string }) {
	const now = new Date().toISOString();
	const welcome =
		mail.wanted ?? (mail.user_id ? wanted(await choices.get(trx, mail.user_id), mail.kind) : true);
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('outbox')
		.values({
			id: randomUUID(),
			to_address: mail.to,
			user_id: mail.user_id ?? null,
			kind: mail.kind,
			subject: oneLine(mail.subject),
			text: mail.text,
			html: mail.html ?? null,
			once: mail.once ?? null,
			created_at: now,
			send_after: mail.send_after ?? now,
			tries: 0,
			sent_at: null,
			failed_at: outcome.failed_at ?? null,
			error: outcome.error ?? null,
			claimed_at: null,
			claimed_by: null,
			skipped_at: welcome ? null : now
		})
		.onConflict((c) => c.column('once').doNothing())
		.executeTakeFirstOrThrow();
	return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

/** A subject is one line; a line break in a name would begin another header. */
function oneLine(text: string) {
	return text.replace(/\s+/g, ' ').trim().slice(0, 200);
}
