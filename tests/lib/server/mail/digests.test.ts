import { expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import type { Schema } from '#db/schema.ts';
import type { User } from '#lib/domain/access.ts';
import * as audit from '#lib/server/audit.ts';
import * as choices from '#lib/server/mail/choices.ts';
import { queue } from '#lib/server/mail/digests.ts';
import * as submissions from '#lib/server/submissions.ts';
import * as users from '#lib/server/users.ts';
import { rebuild } from '#lib/server/standings.ts';
import { person } from '../../../support/people.ts';
import { add, story } from '../../../support/story.ts';

const settings = { ORIGIN: 'https://waymark.example.org', PORT: 3000 };

/** A round that is open for Fiji, Viet Nam and the others, due on 2 November 2026 at five in the afternoon in Suva. */
async function opened() {
	const db = await story();
	await add(db, 'meeting', [
		{
			id: 'rcp-40',
			series: 'RCP',
			number: 40,
			title: '40th RCP',
			starts_on: '2026-11-16',
			due_on: '2026-11-02'
		}
	]);
	await add(db, 'round_opening', [
		{
			meeting_id: 'rcp-40',
			opened_at: '2026-09-14T02:00:00.000Z',
			due_at: '2026-11-02T05:00:00.000Z',
			time_zone: 'Pacific/Fiji'
		}
	]);
	await rebuild(db);
	return db;
}

type Answer = { meeting_id: string; entity_id: string };

const at = (moment: string) => new Date(moment);
/** Eight in the morning in Suva, seven days before the round is due. */
const weekBefore = at('2026-10-25T20:00:00.000Z');

function mails(db: Db) {
	return db.selectFrom('outbox').selectAll().orderBy('to_address').orderBy('created_at').execute();
}

async function answer(db: Db, entity_id: string, state: Schema['submission']['state']) {
	await add(db, 'submission', [{ meeting_id: 'rcp-40', entity_id, state, channel: 'web' }]);
}

async function fijian(db: Db, more: { email?: string; name?: string } = {}) {
	const user = await person(db, 'national_coordinator', {
		entity_id: 'FJI',
		email: 'fiji@example.org',
		...more
	});
	await db.updateTable('user').set({ time_zone: 'Pacific/Fiji' }).where('id', '=', user.id).execute();
	return user;
}

test('each morning with something to say, everybody with something to do gets one mail, in their own time', async () => {
	const db = await opened();
	await fijian(db);
	await person(db, 'contributor', { entity_id: 'VNM', email: 'vietnam@example.org' });
	await person(db, 'vice_chair_office', { email: 'office@example.org' });
	await answer(db, 'VNM', 'submitted');

	expect(await queue(db, settings, at('2026-10-25T18:59:00.000Z')), 'not before seven').toBe(0);
	expect(await queue(db, settings, at('2026-10-24T20:00:00.000Z')), 'not eight days before').toBe(0);
	expect(await queue(db, settings, weekBefore)).toBe(1);
	expect(await queue(db, settings, at('2026-10-25T20:30:00.000Z')), 'once').toBe(0);

	const [mail] = await mails(db);
	expect(mail).toMatchObject({
		to_address: 'fiji@example.org',
		kind: 'digest',
		subject: 'RCP-40: reports are due in 7 days',
		html: expect.stringContaining(
			'<a href="https://waymark.example.org/report/rcp-40/single-window?entity=FJI">Single window for trade</a>'
		)
	});
	expect(mail!.text).toContain('due in 7 days: 2 November 2026, 17:00 (Pacific/Fiji).');
	expect(mail!.text).toContain('The answer of Fiji has not been submitted yet. Still missing, 1 initiative:');
	expect(mail!.text).toContain('https://waymark.example.org/report/rcp-40/single-window?entity=FJI');
	expect(mail!.text).not.toContain('Authorised operators');
});

test('the moment is said in the reader’s zone and in the host’s', async () => {
	const db = await opened();
	await person(db, 'contributor', { entity_id: 'JPN', email: 'japan@example.org' });
	await db.updateTable('entity').set({ time_zone: 'Asia/Tokyo' }).where('id', '=', 'JPN').execute();
	await queue(db, settings, at('2026-11-01T23:00:00.000Z'));
	const [mail] = await mails(db);
	expect(mail!.subject).toBe('RCP-40: reports are due today');
	expect(mail!.text).toContain(
		'2 November 2026, 14:00 (Asia/Tokyo), which is 2 November 2026, 17:00 (Pacific/Fiji) for the host.'
	);
});

test('reminders stop when the answer is submitted, accepted or excused, and go on when it is returned', async () => {
	const db = await opened();
	await fijian(db);
	for (const [state, written] of [
		['draft', 1],
		['returned', 1],
		['submitted', 0],
		['accepted', 0],
		['excused', 0]
	] as const) {
		await db.deleteFrom('outbox').execute();
		await db.deleteFrom('submission').where('meeting_id', '=', 'rcp-40').execute();
		await answer(db, 'FJI', state);
		expect(await queue(db, settings, weekBefore), state).toBe(written);
		if (state === 'returned')
			expect((await mails(db))[0]!.text).toContain('was returned to you, and waits to be sent again');
	}
});

test('a digest that still waits is taken back when its answer is given, and only that part of it', async () => {
	for (const give of [
		(db: Db, by: User, answer: Answer) => submissions.submit(db, by, answer, { nothing: 'Nothing new.' }),
		(db: Db, by: User, answer: Answer) => submissions.excuse(db, by, answer, 'A cyclone.')
	]) {
		const db = await opened();
		const ben = await fijian(db);
		const both = await person(db, 'contributor', { entity_id: 'VNM', email: 'both@example.org' });
		await users.grant(db, audit.waymark, both.id, { role: 'contributor', entity_id: 'FJI' });
		await db.updateTable('user').set({ time_zone: 'Pacific/Fiji' }).execute();
		expect(await queue(db, settings, weekBefore)).toBe(2);
		await give(db, ben, { meeting_id: 'rcp-40', entity_id: 'FJI' });
		expect(await queue(db, settings, weekBefore)).toBe(1);
		const waiting = (await mails(db)).filter(({ kind }) => kind === 'digest');
		expect(waiting.map(({ to_address }) => to_address)).toEqual(['both@example.org']);
		expect(waiting[0]!.text).toContain('The answer of Viet Nam');
		expect(waiting[0]!.text).not.toContain('The answer of Fiji');
	}
});

test('an overdue answer is asked for, until the meeting is frozen', async () => {
	const db = await opened();
	await fijian(db);
	const dayAfter = at('2026-11-02T20:00:00.000Z');
	expect(await queue(db, settings, dayAfter)).toBe(1);
	expect((await mails(db))[0]).toMatchObject({ subject: 'RCP-40: reports were due yesterday' });
	await db.deleteFrom('outbox').execute();
	await add(db, 'freeze', [{ meeting_id: 'rcp-40', frozen_at: '2026-11-02T12:00:00.000Z' }]);
	expect(await queue(db, settings, dayAfter)).toBe(0);
});

test('whoever wants fewer gets fewer', async () => {
	const db = await opened();
	const fiji = await fijian(db);
	const monthBefore = at('2026-10-02T20:00:00.000Z');
	await choices.choose(db, fiji, 'deadlines');
	expect(await queue(db, settings, monthBefore)).toBe(0);
	expect(await queue(db, settings, weekBefore)).toBe(1);
	await choices.choose(db, fiji, 'none');
	expect(await queue(db, settings, at('2026-10-30T20:00:00.000Z'))).toBe(0);
	await choices.choose(db, fiji, 'all');
	expect(await queue(db, settings, at('2026-10-30T20:00:00.000Z'))).toBe(1);
});

test('a deputy gets the same for the time they stand in, and is told for whom', async () => {
	const db = await opened();
	const fiji = await fijian(db, { name: 'Ana' });
	const other = await person(db, 'viewer', { email: 'deputy@example.org', name: 'Ben' });
	await choices.choose(db, other, 'none');
	await add(db, 'deputy', [
		{ id: 'd', user_id: fiji.id, deputy_id: other.id, from_on: '2026-10-20', to_on: '2026-10-29' }
	]);
	await db.updateTable('user').set({ time_zone: 'Pacific/Fiji' }).execute();
	expect(await queue(db, settings, weekBefore)).toBe(2);
	const [deputys] = await mails(db);
	expect(deputys).toMatchObject({ to_address: 'deputy@example.org', skipped_at: null });
	expect(deputys!.text).toContain(
		'The answer of Fiji, where you stand in for Ana, has not been submitted yet.'
	);
	await db.deleteFrom('outbox').execute();
	expect(await queue(db, settings, at('2026-10-30T20:00:00.000Z')), 'the time is over').toBe(1);
});

test('names and titles stay text, and a mail stays under 20 KB whatever there is to list', async () => {
	const db = await opened();
	await fijian(db, { name: '<b>Ana & Ben</b>' });
	await db
		.updateTable('entity')
		.set({ name: `<script>alert(1)</script>${'ﷺ'.repeat(200)}` })
		.where('id', '=', 'FJI')
		.execute();
	const many = Array.from({ length: 400 }, (_, i) => `x${i}`);
	await add(
		db,
		'initiative',
		many.map((id) => ({
			id,
			title: `<img src=x onerror=alert(1)> ${id} ${'&'.repeat(300)}`,
			starts_on: '2022-01-01',
			search_text: ''
		}))
	);
	await add(
		db,
		'initiative_entity',
		many.map((initiative_id) => ({ initiative_id, entity_id: 'FJI', role: 'lead' as const }))
	);
	await add(
		db,
		'contribution',
		many.map((initiative_id) => ({ initiative_id, element_id: 'rsp-2022-2024:FA1', role: 'main' as const }))
	);
	await rebuild(db);
	await queue(db, settings, weekBefore);
	const [mail] = await mails(db);
	expect(mail!.html).not.toMatch(/<(script|img|b)\b/i);
	expect(mail!.html).toContain('&lt;img src=x');
	expect(Buffer.byteLength(mail!.html!)).toBeLessThan(20_000);
	expect(mail!.text).toMatch(/Still missing, 401 initiatives:/);
	expect(mail!.text).toMatch(/… and \d+ more\./);
});

test('whoever has named no time zone is written to in the morning of the host, and asked for theirs', async () => {
	const db = await opened();
	await person(db, 'contributor', { entity_id: 'VNM', email: 'vietnam@example.org' });
	await fijian(db);
	await db.updateTable('entity').set({ time_zone: null }).execute();
	expect(await queue(db, settings, at('2026-10-25T18:59:00.000Z')), 'not before seven in Suva').toBe(0);
	expect(await queue(db, settings, weekBefore)).toBe(2);
	const [fiji, vietnam] = await mails(db);
	expect(vietnam!.text).toContain('2 November 2026, 17:00 (Pacific/Fiji).');
	for (const written of [vietnam!.text, vietnam!.html])
		expect(written).toContain('https://waymark.example.org/account#time_zone');
	expect(fiji!.text).not.toContain('#time_zone');
});
