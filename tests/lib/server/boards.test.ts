import { expect, test } from 'vitest';
import { wayOf, type Answer, type Way } from '#lib/domain/board.ts';
import * as audit from '#lib/server/audit.ts';
import { blank } from '#lib/domain/draft.ts';
import * as boards from '#lib/server/boards.ts';
import * as drafts from '#lib/server/drafts.ts';
import { drafts as writing } from '#lib/server/freezes/outlook.ts';
import { revision } from '#lib/server/http/revision.ts';
import * as choices from '#lib/server/mail/choices.ts';
import * as reminders from '#lib/server/reminders.ts';
import * as settlements from '#lib/server/settlements.ts';
import * as reviews from '#lib/server/reviews.ts';
import { load } from '../../../src/routes/(app)/meetings/[meeting]/board/+page.server.ts';
import { person } from '../../support/people.ts';
import { ofFiji, reviewed } from '../../support/reviewed.ts';
import { add } from '../../support/story.ts';

const due_at = '2023-05-01T15:59:00.000Z';
const none: Answer = { state: null, channel: null, submitted_at: null, updates: 0, drafting: false };

test.each<[Way, Partial<Answer>]>([
	['silent', {}],
	['draft', { drafting: true }],
	['draft', { state: 'draft', channel: 'web' }],
	['answered', { state: 'submitted', channel: 'web', updates: 2, submitted_at: due_at }],
	['answered', { state: 'accepted', channel: 'xlsx', updates: 1, submitted_at: null }],
	['late', { state: 'submitted', channel: 'web', updates: 2, submitted_at: '2023-05-01T15:59:00.001Z' }],
	['nil', { state: 'submitted', channel: 'on_behalf', submitted_at: due_at }],
	['returned', { state: 'returned', channel: 'web', submitted_at: due_at, drafting: true }],
	['excused', { state: 'excused', channel: 'web' }],
	['answered', { updates: 3 }],
	['silent', { state: 'accepted', channel: 'public_record', updates: 3 }]
])('%s: %j', (way, answer) => {
	expect(wayOf({ ...none, ...answer }, due_at)).toBe(way);
});

/** The round of RHCA-24 is open. Fiji and Japan have answered, Australia and Viet Nam not by themselves. */
async function board() {
	const all = await reviewed();
	await add(all.db, 'round_opening', [
		{ meeting_id: 'rhca-24', opened_at: '2023-03-06T00:00:00.000Z', due_at, time_zone: 'Pacific/Fiji' }
	]);
	const vietNam = await person(all.db, 'contributor', { entity_id: 'VNM', name: 'An officer of Viet Nam' });
	const australia = await person(all.db, 'national_coordinator', { entity_id: 'AUS', name: 'Australia' });
	return { ...all, vietNam, australia };
}

const at = 'rhca-24';
const origin = 'https://waymark.example.org';
const ways = ({ rows }: Awaited<ReturnType<typeof boards.read>>) =>
	Object.fromEntries(rows.map(({ id, way }) => [id, way]));

test('the board has each that is asked, by name, with how it has answered', async () => {
	const { db, office } = await board();
	const read = await boards.read(db, office, at);
	expect(ways(read)).toEqual({
		AUS: 'silent',
		FJI: 'answered',
		JPN: 'answered',
		'rocb-ap': 'draft',
		VNM: 'answered'
	});
	expect(read.rows.find(({ id }) => id === 'FJI')).toMatchObject({
		expected: 1,
		said: 1,
		reviewed: 0,
		marks: [],
		contacts: [{ name: 'An officer of Fiji' }, { name: 'Fiji' }]
	});
	expect(read.rows.find(({ id }) => id === 'rocb-ap')?.marks).toEqual(['no_contact']);
	await reviews.record(db, office, [ofFiji], { verdict: 'confirmed' });
	await settlements.accept(db, office, { meeting_id: at, entity_id: 'FJI' }, { note: '', origin });
	await settlements.giveBack(db, office, { meeting_id: at, entity_id: 'JPN' }, { note: 'Why?', origin });
	const later = await boards.read(db, office, at);
	expect(later.rows.find(({ id }) => id === 'FJI')).toMatchObject({ marks: ['accepted'], reviewed: 1 });
	expect(ways(later).JPN).toBe('returned');
});

test('whoever only opened a form has written nothing', async () => {
	const { db, office, australia } = await board();
	const place = { meeting_id: at, initiative_id: 'reef', entity_id: 'AUS', side: 'member' } as const;
	const save = (fields: object) =>
		drafts.save(db, audit.actorOf(australia), place, { version: 0, fields: { ...blank, ...fields } });
	await save({});
	expect(ways(await boards.read(db, office, at)).AUS).toBe('silent');
	expect((await writing(db, at)).map(({ id }) => id)).not.toContain('AUS');
	await save({ progress_note: 'Begun.' });
	expect(ways(await boards.read(db, office, at)).AUS).toBe('draft');
	expect((await writing(db, at)).map(({ id }) => id)).toContain('AUS');
});

test('an area coordinator sees those under their element, excused ones too, and nobody else', async () => {
	const { db, area, fiji, viewer } = await board();
	await add(db, 'submission', [
		{ meeting_id: at, entity_id: 'AUS', state: 'excused', channel: 'web', reason: 'A storm' }
	]);
	expect(Object.keys(ways(await boards.read(db, area, at)))).toEqual(['AUS', 'JPN', 'rocb-ap']);
	for (const user of [fiji, viewer]) expect((await boards.read(db, user, at)).rows).toEqual([]);
});

test('that somebody writes is told, and never what', async () => {
	const { db, office } = await board();
	const stamp = await boards.stamp(db, at);
	await add(db, 'draft', [
		{
			id: 'd1',
			meeting_id: at,
			initiative_id: 'drill',
			entity_id: 'AUS',
			side: 'member',
			version: 1,
			fields: '{"progress_note":"Not for the office."}',
			saved_at: '2023-04-20T09:00:00.000Z',
			saved_by_name: 'Somebody'
		}
	]);
	const read = await boards.read(db, office, at);
	expect(ways(read).AUS).toBe('draft');
	expect(read.rows.find(({ id }) => id === 'AUS')?.drafted_at).toBe('2023-04-20T09:00:00.000Z');
	expect(JSON.stringify(read)).not.toContain('Not for the office');
	expect(read.stamp, 'a board on a wall notices').not.toBe(stamp);
});

test('a press reminds the people of who is silent, once a day however often it is pressed', async () => {
	const { db, office, australia } = await board();
	const before = await revision(db);
	const reminder = {
		meeting_id: at,
		entity_ids: ['AUS'],
		text: 'We look forward to hearing from you.',
		origin
	};
	const presses = await Promise.all([1, 2, 3].map(() => reminders.send(db, office, reminder)));
	expect(presses.map(({ sent }) => sent).sort()).toEqual([0, 0, 1]);
	expect(presses.map(({ already }) => already).sort()).toEqual([0, 1, 1]);
	const mails = await db.selectFrom('outbox').selectAll().execute();
	expect(mails).toMatchObject([
		{
			to_address: australia.email,
			kind: 'reminder',
			subject: 'RHCA-24: we look forward to the answer of Australia'
		}
	]);
	expect(mails[0]!.text).toContain('We look forward to hearing from you.');
	expect(mails[0]!.text).toContain(`${origin}/report`);
	expect(await reminders.log(db, at, ['AUS'])).toMatchObject([
		{ to: 'Australia', by: 'The office', entity: 'Australia', text: reminder.text }
	]);
	expect((await boards.read(db, office, at)).rows.find(({ id }) => id === 'AUS')?.reminded_at).toBeTruthy();
	expect(await db.selectFrom('audit_event').select('object').where('act', '=', 'remind').execute()).toEqual([
		{ object: '1 person of AUS' }
	]);
	expect(await audit.verify(db)).toEqual([]);
	expect(await revision(db), 'what is published has not changed').toBe(before);
});

test('who wants no mail is named, and not said to be reminded', async () => {
	const { db, office, australia } = await board();
	await choices.choose(db, australia, 'none');
	const reminder = { meeting_id: at, entity_ids: ['AUS'], text: 'Please answer.', origin };
	expect(await reminders.send(db, office, reminder)).toEqual({
		sent: 0,
		already: 0,
		unreachable: [],
		unwilling: ['Australia']
	});
	expect(await reminders.log(db, at, ['AUS'])).toEqual([]);
	expect((await boards.read(db, office, at)).rows.find(({ id }) => id === 'AUS')?.reminded_at).toBeNull();
	await choices.choose(db, australia, 'deadlines');
	expect(await reminders.send(db, office, reminder)).toMatchObject({ sent: 1, unwilling: [] });
});

test('somebody with two entities is reminded once a day', async () => {
	const { db, office, australia } = await board();
	await db
		.insertInto('grant')
		.values({
			id: 'second',
			user_id: australia.id,
			role: 'contributor',
			entity_id: 'rocb-ap',
			element_id: null,
			from_on: '2000-01-01',
			to_on: null,
			granted_by: null,
			granted_at: '2000-01-01T00:00:00.000Z'
		})
		.execute();
	const reached = await reminders.send(db, office, {
		meeting_id: at,
		entity_ids: ['AUS', 'rocb-ap'],
		text: 'Please.',
		origin
	});
	expect(reached).toMatchObject({ sent: 1, already: 1 });
	expect(await db.selectFrom('outbox').selectAll().execute()).toHaveLength(1);
});

test('who has answered is not reminded, nor anybody by whom it is not for, nor for a round that is not open', async () => {
	const { db, office, area, fiji } = await board();
	const send = (user: typeof office, id: string, meeting_id = at) =>
		reminders.send(db, user, { meeting_id, entity_ids: [id], text: 'Please.', origin });
	await expect(send(office, 'FJI')).rejects.toThrow('Fiji has answered');
	await expect(send(area, 'VNM')).rejects.toThrow('no such Member');
	await expect(send(area, 'nobody')).rejects.toThrow('no such Member');
	await expect(send(fiji, 'AUS')).rejects.toThrow('no such Member');
	await expect(send(office, 'AUS', 'rcp-33')).rejects.toThrow('not open');
	expect(await send(area, 'AUS')).toMatchObject({ sent: 1 });
	expect(await send(office, 'rocb-ap')).toMatchObject({
		sent: 0,
		unreachable: ['Regional Office for Capacity Building']
	});
});

test('what is past is told as past, in the words of a reminder too', async () => {
	const { db, office } = await board();
	const over = async () => {
		const url = new URL('http://localhost/');
		const page = await load({ locals: { db, user: office }, params: { meeting: at }, url } as never);
		return (page as { over: boolean }).over;
	};
	const due = (due_at: string) =>
		db.updateTable('round_opening').set({ due_at }).where('meeting_id', '=', at).execute();
	await due('2099-01-01T00:00:00.000Z');
	expect(await over()).toBe(false);
	await due('2023-01-01T00:00:00.000Z');
	expect(await over()).toBe(true);
});
