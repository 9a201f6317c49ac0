import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { stateOf, type MailState } from '#lib/domain/mail.ts';
import * as audit from '../audit.ts';

const perPage = 100;

/** Which mail went to whom, when and how, newest first. What it said is not told: it may sign somebody in. */
export async function list(db: Reader, { state, page }: { state?: MailState | undefined; page: number }) {
	let rows = db.selectFrom('outbox');
	if (state === 'sent') rows = rows.where('sent_at', 'is not', null);
	else if (state)
		rows = rows
			.where('sent_at', 'is', null)
			.where('skipped_at', state === 'unwanted' ? 'is not' : 'is', null);
	if (state && state !== 'sent' && state !== 'unwanted') {
		rows = rows.where('failed_at', state === 'failed' ? 'is not' : 'is', null);
		if (state !== 'failed') rows = rows.where('claimed_at', state === 'sending' ? 'is not' : 'is', null);
	}
	const { count } = await rows.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
	const found = await rows
		.select(['id', 'to_address', 'kind', 'created_at', 'send_after', 'tries', 'error'])
		.select(['sent_at', 'failed_at', 'skipped_at', 'claimed_at'])
		.select((eb) => eb('text', '<>', '').as('kept'))
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.limit(perPage)
		.offset((page - 1) * perPage)
		.execute();
	return {
		count: Number(count),
		pages: Math.max(1, Math.ceil(Number(count) / perPage)),
		mails: found.map(({ kept, ...mail }) => ({
			id: mail.id,
			to: mail.to_address,
			kind: mail.kind,
			created_at: mail.created_at,
			sent_at: mail.sent_at,
			next_try: mail.tries > 0 ? mail.send_after : null,
			tries: mail.tries,
			error: mail.error,
			state: stateOf(mail),
			again: mail.failed_at !== null && mail.sent_at === null && Boolean(kept)
		}))
	};
}

/** Puts a mail that was given up back into the outbox, as if it were new. */
export function sendAgain(db: Db, actor: audit.Actor, id: string) {
	return transactAside(db, async (trx) => {
		const mail = await trx.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst();
		if (!mail) throw new NotFound('There is no such mail.');
		if (mail.failed_at === null || mail.sent_at !== null || mail.text === '')
			throw new BadInput('Only a mail that was given up can be sent again.');
		const now = new Date().toISOString();
		await trx
			.updateTable('outbox')
			.set({ failed_at: null, claimed_at: null, claimed_by: null, tries: 0, error: null, send_after: now })
			.where('id', '=', id)
			.execute();
		await audit.record(trx, actor, {
			act: 'send_again',
			object: `mail ${id}`,
			before: { reason: mail.error }
		});
	});
}
