import { expect, test } from 'vitest';
import * as audit from '#lib/server/audit.ts';
import * as deputies from '#lib/server/deputies.ts';
import * as ledger from '#lib/server/mail/ledger.ts';
import { deliver, Unsent } from '#lib/server/mail/delivery.ts';
import { post } from '#lib/server/mail/outbox.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('one names a colleague of the same Member, nobody else, and either of the two can end it', async () => {
	const db = await story();
	const ana = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ana' });
	const ben = await person(db, 'contributor', { entity_id: 'FJI', name: 'Ben' });
	const cho = await person(db, 'contributor', { entity_id: 'JPN', name: 'Cho' });
	expect(await deputies.colleagues(db, ana)).toEqual([{ id: ben.id, name: 'Ben' }]);
	const time = { from_on: day(0), to_on: day(10) };
	const refused = async (deputy_id: string, when = time) =>
		deputies.name(db, ana, { deputy_id, ...when }).then(
			() => 'taken',
			(cause: Error) => cause.message
		);
	const absent = await refused('nobody');
	expect(await refused(cho.id), 'a foreign person answers like an absent one').toBe(absent);
	expect(await refused(ana.id)).toBe(absent);
	expect(await refused(ben.id, { from_on: day(3), to_on: day(2) })).toMatch('The last day must be');
	expect(await refused(ben.id)).toBe('taken');
	const { deputies: named } = await deputies.of(db, ana.id);
	expect(named).toMatchObject([{ name: 'Ben', ...time }]);
	expect((await deputies.of(db, ben.id)).stands_in_for).toMatchObject([{ name: 'Ana' }]);
	await expect(deputies.end(db, cho, named[0]!.id)).rejects.toThrow('There is no such deputy.');
	await deputies.end(db, ben, named[0]!.id);
	expect((await deputies.of(db, ana.id)).deputies).toEqual([]);
	const acts = await db
		.selectFrom('audit_event')
		.select('act')
		.where('act', 'like', '%deputy')
		.orderBy('seq')
		.execute();
	expect(acts).toEqual([{ act: 'name_deputy' }, { act: 'end_deputy' }]);
});

test('the log of mail says to whom, what, when and why not, and never what was in it', async () => {
	const db = await story();
	const mail = (to: string) => ({
		to,
		kind: 'invitation',
		subject: 'Welcome',
		text: 'Your code is QWERTY12'
	});
	await post(db, mail('gone@example.org'));
	await post(db, mail('sent@example.org'));
	const send = async ({ to_address }: { to_address: string }) => {
		if (to_address.startsWith('gone'))
			throw new Unsent('The mail server knows no such address.', { final: true });
	};
	await deliver(db, { holder: 'one', send, clock: () => new Date() });
	await post(db, mail('waits@example.org'));
	const list = (state?: 'sent' | 'failed' | 'waiting' | 'sending' | 'unwanted') =>
		ledger.list(db, { state, page: 1 });
	const all = await list();
	expect(JSON.stringify(all)).not.toMatch(/QWERTY|Welcome/);
	expect(all.mails.map(({ to, state }) => [to, state]).sort()).toEqual([
		['gone@example.org', 'failed'],
		['sent@example.org', 'sent'],
		['waits@example.org', 'waiting']
	]);
	for (const [state, count] of [
		['sent', 1],
		['failed', 1],
		['waiting', 1],
		['sending', 0],
		['unwanted', 0]
	] as const)
		expect((await list(state)).count, state).toBe(count);

	const { id, again, error } = (await list('failed')).mails[0]!;
	expect([again, error]).toEqual([true, 'The mail server knows no such address.']);
	await ledger.sendAgain(db, audit.commandLine, id);
	expect((await list('waiting')).count).toBe(2);
	const sent = (await list('sent')).mails[0]!;
	await expect(ledger.sendAgain(db, audit.commandLine, sent.id)).rejects.toThrow(
		'Only a mail that was given up'
	);
});
