import { expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { deliver, Unsent, type Send } from '#lib/server/mail/delivery.ts';
import { take, term } from '#lib/server/mail/lease.ts';
import * as ledger from '#lib/server/mail/ledger.ts';
import { post } from '#lib/server/mail/outbox.ts';
import { connect } from '#lib/server/mail/transport.ts';
import { read } from '#lib/server/settings.ts';
import * as choices from '#lib/server/mail/choices.ts';
import * as stop from '#lib/server/mail/stop.ts';
import { emptyDatabase } from '../../../support/database.ts';
import { person } from '../../../support/people.ts';
import { mailServer, refusal } from '../../../support/smtp.ts';

const minute = 60_000;
const mail = (to: string, more: Partial<Parameters<typeof post>[1]> = {}) => ({
	to,
	kind: 'reminder',
	subject: 'Reports for RCP-34',
	text: 'Dear colleague, the Übersicht is due.',
	...more
});

/** A clock that stands still until it is told. */
function clockwork(start = Date.now()) {
	let now = start;
	return { clock: () => new Date(now), pass: (ms: number) => (now += ms) };
}

function rows(db: Db) {
	return db.selectFrom('outbox').selectAll().orderBy('to_address').execute();
}

test('what waits is sent once, says who from, and leaves no words behind', async () => {
	const db = await emptyDatabase();
	const server = await mailServer();
	const settings = read({ SMTP_URL: server.url, ORIGIN: 'https://waymark.example.org' });
	const viewer = await person(db, 'viewer', { email: 'ana@example.org' });
	await post(db, mail('ana@example.org', { user_id: viewer.id, html: '<p>Übersicht</p>' }));
	await post(db, mail('sign@example.org', { kind: 'sign_in', subject: 'Your code\r\nBcc: all@example.org' }));
	const line = connect(settings);
	const sending = { holder: 'one', clock: () => new Date(), send: line.send };
	expect(await deliver(db, sending)).toBe(true);
	expect(await deliver(db, sending)).toBe(true);
	line.close();

	expect(
		server.mails.map(({ address }) => address),
		'a code comes first'
	).toEqual(['sign@example.org', 'ana@example.org']);
	const [code, reminder] = server.mails;
	expect(code!.subject).toBe('Your code Bcc: all@example.org');
	expect(code!.bcc).toBeUndefined();
	expect(code!.headers.has('list-unsubscribe'), 'what signs somebody in has no end').toBe(false);
	expect(reminder!.from?.text).toBe('"Waymark" <waymark@waymark.example.org>');
	expect(reminder!.text).toContain('Übersicht');
	expect(reminder!.html).toContain('Übersicht');
	expect(reminder!.messageId).toMatch(/^<[\w-]+@waymark\.example\.org>$/);
	expect(reminder!.date).toBeInstanceOf(Date);
	expect(reminder!.headers.get('auto-submitted')).toBe('auto-generated');
	expect(reminder!.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
	const address = /^List-Unsubscribe: <https:\/\/waymark\.example\.org\/unsubscribe\/(.+)>\r$/m.exec(
		reminder!.raw.replace(/\r\n(?=[ \t])/g, '')
	);
	expect(await stop.find(db, address![1]!)).toEqual({ id: viewer.id, name: viewer.name });
	await expect(
		stop.find(db, address![1]!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')) + 'x')
	).rejects.toThrow('ends no mail');

	for (const row of await rows(db)) {
		expect(row.sent_at).not.toBeNull();
		expect([row.text, row.html]).toEqual(['', null]);
	}
});

test('a mail server that is away is asked again after growing pauses, and given up after a day', async () => {
	const db = await emptyDatabase();
	await post(db, mail('a@example.org'));
	const { clock, pass } = clockwork();
	const tried: number[] = [];
	const start = clock().getTime();
	const send: Send = async () => {
		tried.push(clock().getTime() - start);
		throw new Unsent('The mail server did not answer.', { nobodyThere: true });
	};
	for (let i = 0; i < 48 * 6; i++, pass(10 * minute)) await deliver(db, { holder: 'one', clock, send });
	const pauses = tried.slice(1).map((at, i) => at - tried[i]!);
	expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
	expect(tried.at(-1)!).toBeGreaterThan(23 * 60 * minute);
	expect(tried.at(-1)!).toBeLessThan(25 * 60 * minute);
	expect(await rows(db)).toMatchObject([
		{ error: 'The mail server did not answer.', sent_at: null, claimed_at: null }
	]);
	expect((await rows(db))[0]!.failed_at).not.toBeNull();
});

test('an address nobody has is given up at once, one that is to wait waits, and the others go out', async () => {
	const db = await emptyDatabase();
	const server = await mailServer({
		refuse: (address) => {
			if (address.startsWith('nobody')) throw refusal(550, `No such user ${address} here`);
			if (address.startsWith('grey')) throw refusal(451, 'Greylisted');
		}
	});
	for (const who of ['grey', 'nobody', 'some']) await post(db, mail(`${who}@example.org`));
	const line = connect(read({ SMTP_URL: server.url }));
	await deliver(db, { holder: 'one', clock: () => new Date(), send: line.send });
	line.close();
	expect(server.mails.map(({ address }) => address)).toEqual(['some@example.org']);
	const [grey, nobody, some] = await rows(db);
	expect(grey).toMatchObject({
		failed_at: null,
		error: 'The mail server asked to try again later (451).',
		tries: 1
	});
	expect(grey!.send_after > new Date().toISOString()).toBe(true);
	expect(nobody!.error).toBe('The mail server knows no such address, or does not take mail for it (550).');
	expect(nobody!.failed_at).not.toBeNull();
	expect(some!.sent_at).not.toBeNull();
});

test('a process that died while sending leaves a mail that is not sent again by itself', async () => {
	const db = await emptyDatabase();
	await post(db, mail('a@example.org'));
	const { clock, pass } = clockwork();
	const died = deliver(db, { holder: 'dead', clock, send: () => Promise.reject(new Error('killed')) });
	await expect(died).rejects.toThrow('killed');
	// The dead let nothing go.
	await take(db, { name: 'mail', holder: 'dead' }, clock());

	const sent: string[] = [];
	const other = {
		holder: 'other',
		clock,
		send: async ({ to_address }: { to_address: string }) => void sent.push(to_address)
	};
	expect(await deliver(db, other), 'its lease still runs').toBe(false);
	pass(term + 1);
	expect(await deliver(db, other)).toBe(true);
	expect(sent).toEqual([]);
	expect((await rows(db))[0]).toMatchObject({
		error: 'The server stopped while this was being sent. It may have arrived.'
	});
});

test('a code that would come too late does not come', async () => {
	const db = await emptyDatabase();
	await post(db, mail('a@example.org', { kind: 'sign_in', text: 'Code ABCD' }));
	const { clock, pass } = clockwork();
	pass(11 * minute);
	const sent: string[] = [];
	await deliver(db, { holder: 'one', clock, send: async ({ id }) => void sent.push(id) });
	expect(sent).toEqual([]);
	expect((await rows(db))[0]).toMatchObject({ text: '', error: 'It could not be sent while it was of use.' });
});

test('a digest that can not be sent on its day is not sent beside the next one, nor offered to be', async () => {
	const db = await emptyDatabase();
	await post(db, mail('a@example.org', { kind: 'digest', text: 'Due in 2 days.' }));
	const { clock, pass } = clockwork();
	const sent: string[] = [];
	const away: Send = async () => {
		throw new Unsent('The mail server did not answer.', { nobodyThere: true });
	};
	const here: Send = async ({ text }) => void sent.push(text);
	for (const send of [away, away, away, here]) {
		await deliver(db, { holder: 'one', clock, send });
		pass(8 * 60 * minute);
	}
	expect(sent).toEqual([]);
	const { mails } = await ledger.list(db, { page: 1 });
	expect(mails).toMatchObject([
		{ state: 'failed', error: 'It could not be sent while it was of use.', again: false }
	]);
});

test('nobody gets what they said they do not want, but always what signs them in', async () => {
	const db = await emptyDatabase();
	const ana = await person(db, 'viewer', { email: 'ana@example.org' });
	const to = { user_id: ana.id };
	const state = async (kind: string) => {
		await post(db, mail('ana@example.org', { ...to, kind }));
		const row = await db
			.selectFrom('outbox')
			.select('skipped_at')
			.where('kind', '=', kind)
			.orderBy('created_at', 'desc')
			.execute();
		await db.deleteFrom('outbox').execute();
		return row[0]!.skipped_at === null;
	};
	for (const [choice, wants] of [
		['all', { sign_in: true, invitation: true, returned: true, reminder: true, accepted: true, copy: true }],
		[
			'deadlines',
			{ sign_in: true, invitation: true, returned: true, reminder: true, accepted: false, copy: false }
		],
		[
			'none',
			{ sign_in: true, invitation: true, returned: false, reminder: false, accepted: false, copy: false }
		]
	] as const) {
		await choices.choose(db, ana, choice);
		for (const [kind, wanted] of Object.entries(wants))
			expect(await state(kind), `${choice}: ${kind}`).toBe(wanted);
	}
});
