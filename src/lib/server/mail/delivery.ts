import { sql } from 'kysely';
import type { Db, Reader } from '#db/open.server.ts';
import type { OutboxTable } from '#db/schema.ts';
import { lifetime, pauseAfter } from '#lib/domain/mail.ts';
import { log } from '../log.ts';
import * as leases from './lease.ts';

export type Outgoing = Pick<
	OutboxTable,
	'id' | 'to_address' | 'user_id' | 'kind' | 'subject' | 'text' | 'html' | 'created_at'
>;

/** Hands one mail to the mail server. Throws `Unsent` when it was not taken. */
export type Send = (mail: Outgoing) => Promise<void>;

/** Why a mail was not taken, in words that name nobody. */
export class Unsent extends Error {
	readonly final: boolean;
	readonly nobodyThere: boolean;

	/** `final`: another try would be refused too. `nobodyThere`: the server itself can't be used, so the others wait as well. */
	constructor(reason: string, { final = false, nobodyThere = false } = {}) {
		super(reason);
		this.final = final;
		this.nobodyThere = nobodyThere;
	}
}

type Round = {
	holder: string;
	send: Send;
	clock: () => Date;
	/** Is this process about to end? Then it stops after the mail in hand. */
	isEnding?: () => boolean;
};

/**
 * Sends what waits, one after the other, as long as this process holds the lease. A mail is claimed before it is handed
 * over and noted after: should the process die in between, nobody can know whether it went out, and it is not sent again
 * by itself. The administrator sees it, and can. False when another process is at it.
 */
export async function deliver(db: Db, round: Round): Promise<boolean> {
	const { holder, clock, isEnding = () => false } = round;
	const lease = { name: 'mail', holder };
	if (!(await leases.take(db, lease, clock()))) return false;
	try {
		await noteAbandoned(db, clock());
		for (let mail = await next(db, clock()); mail && !isEnding(); mail = await next(db, clock())) {
			if (!(await leases.take(db, lease, clock()))) return false;
			if (!(await hand(db, mail, round))) break;
		}
	} finally {
		await leases.release(db, lease);
	}
	return true;
}

/** Is there anything to do? One small look, so that an idle server writes nothing. */
export async function isWaiting(db: Reader, now: Date): Promise<boolean> {
	const row = await db
		.selectFrom('outbox')
		.select('id')
		.where('sent_at', 'is', null)
		.where('failed_at', 'is', null)
		.where('skipped_at', 'is', null)
		.where('send_after', '<=', now.toISOString())
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** The mail to send now: codes before all else, for somebody sits there and waits. */
function next(db: Db, now: Date) {
	return db
		.selectFrom('outbox')
		.selectAll()
		.where('sent_at', 'is', null)
		.where('failed_at', 'is', null)
		.where('skipped_at', 'is', null)
		.where('claimed_at', 'is', null)
		.where('send_after', '<=', now.toISOString())
		.orderBy(sql`case kind when 'sign_in' then 0 else 1 end`)
		.orderBy('send_after')
		.orderBy('id')
		.limit(1)
		.executeTakeFirst();
}

/** Claims a mail and sends it. False when the mail server is not to be had. */
async function hand(db: Db, mail: OutboxTable, { holder, send, clock }: Round): Promise<boolean> {
	const now = clock();
	if (now.getTime() - Date.parse(mail.created_at) > lifetime(mail.kind)) {
		await fail(db, mail, 'It could not be sent while it was of use.', now, forgotten);
		return true;
	}
	const { numUpdatedRows } = await db
		.updateTable('outbox')
		.set({ claimed_at: now.toISOString(), claimed_by: holder, tries: mail.tries + 1 })
		.where('id', '=', mail.id)
		.where('claimed_at', 'is', null)
		.where('sent_at', 'is', null)
		.executeTakeFirstOrThrow();
	if (Number(numUpdatedRows) === 0) return true;
	const about = { mail: mail.id, kind: mail.kind, tries: mail.tries + 1 };
	try {
		await send(mail);
	} catch (cause) {
		if (!(cause instanceof Unsent)) throw cause;
		log.warn({ ...about, reason: cause.message }, 'mail not sent');
		await putOff(db, mail, cause, clock());
		return !cause.nobodyThere;
	}
	await db
		.updateTable('outbox')
		.set({ sent_at: clock().toISOString(), error: null, ...forgotten })
		.where('id', '=', mail.id)
		.execute();
	log.info(about, 'mail sent');
	return true;
}

/** What was in a mail is nobody's business once it has gone. */
const forgotten = { text: '', html: null };

async function putOff(db: Db, mail: OutboxTable, cause: Unsent, now: Date) {
	const pause = cause.final ? undefined : pauseAfter(mail.tries + 1);
	if (pause === undefined) return fail(db, mail, cause.message, now);
	await db
		.updateTable('outbox')
		.set({
			claimed_at: null,
			claimed_by: null,
			send_after: new Date(now.getTime() + pause).toISOString(),
			error: cause.message
		})
		.where('id', '=', mail.id)
		.execute();
}

async function fail(
	db: Db,
	{ id, kind }: Pick<OutboxTable, 'id' | 'kind'>,
	error: string,
	now: Date,
	more: Partial<typeof forgotten> = kind === 'sign_in' ? forgotten : {}
) {
	await db
		.updateTable('outbox')
		.set({
			failed_at: now.toISOString(),
			claimed_at: null,
			claimed_by: null,
			error,
			...more
		})
		.where('id', '=', id)
		.execute();
}

/** Whoever holds the lease is the only one who sends: what is claimed when it begins was left behind by a process that is gone. */
async function noteAbandoned(db: Db, now: Date) {
	const left = await db
		.selectFrom('outbox')
		.select(['id', 'kind'])
		.where('claimed_at', 'is not', null)
		.where('sent_at', 'is', null)
		.execute();
	for (const mail of left) {
		log.warn({ mail: mail.id, kind: mail.kind }, 'mail given up: the server stopped while sending it');
		await fail(db, mail, 'The server stopped while this was being sent. It may have arrived.', now);
	}
}
