import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { entriesOf } from '#lib/domain/calendar.ts';
import { interSessional } from '#lib/domain/life.ts';
import { dated } from '#lib/server/calendar/dated.ts';
import * as feeds from '#lib/server/calendar/feeds.ts';
import { ics } from '#lib/server/calendar/ics.ts';
import { rebuild } from '#lib/server/standings.ts';
import * as audit from '#lib/server/audit.ts';
import * as users from '#lib/server/users.ts';
import { person } from '../../support/people.ts';
import { add, story } from '../../support/story.ts';

const about = {
	origin: 'https://waymark.example.org',
	changed_at: '2026-09-01T10:00:00.000Z',
	name: 'Waymark'
};
const now = new Date('2026-09-20T00:00:00.000Z');

/** Events as a calendar program reads them. */
function events(text: string) {
	const calendar = new ICAL.Component(ICAL.parse(text));
	return calendar.getAllSubcomponents('vevent').map((one) => {
		const event = new ICAL.Event(one);
		const { startDate, endDate } = event;
		return {
			uid: event.uid,
			summary: event.summary,
			start: String(startDate),
			end: String(endDate),
			days: startDate.isDate
		};
	});
}

async function region() {
	const db = await story();
	await add(db, 'meeting', [
		{
			id: 'rcp-40',
			series: 'RCP',
			number: 40,
			title: '40th RCP, Suva; day one',
			starts_on: '2026-11-16',
			ends_on: '2026-11-18',
			opens_on: '2026-09-14',
			due_on: '2026-11-02'
		},
		{
			id: 'vague',
			series: 'other',
			title: 'Some time in spring',
			starts_on: '2027-03-01',
			date_precision: 'month',
			due_on: '2027-02-15'
		},
		{ id: 'inner', series: 'other', title: 'Between', starts_on: '2027-05-01', due_on: '2027-04-01' }
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

test('a meeting has its days, and the moments at which its round opens and is due', async () => {
	const db = await region();
	const entries = (await dated(db, { id: 'rcp-40' })).flatMap(entriesOf);
	expect(events(await ics(entries, about))).toEqual([
		{
			uid: 'meeting-rcp-40@waymark.example.org',
			summary: 'RCP-40: 40th RCP, Suva; day one',
			start: '2026-11-16',
			end: '2026-11-19',
			days: true
		},
		{
			uid: 'opening-rcp-40@waymark.example.org',
			summary: 'Reporting for RCP-40 opens',
			start: '2026-09-14T02:00:00Z',
			end: '2026-09-14T02:00:00Z',
			days: false
		},
		{
			uid: 'deadline-rcp-40@waymark.example.org',
			summary: 'Reports for RCP-40 are due',
			start: '2026-11-02T05:00:00Z',
			end: '2026-11-02T05:00:00Z',
			days: false
		}
	]);
});

test('no day is made up: neither one known to the month, nor a due date we only assume', async () => {
	const db = await region();
	const of = async (id: string) =>
		(await dated(db, { id })).flatMap(entriesOf).map((entry) => [entry.id, entry.from]);
	expect(await of('vague'), 'its due day is assumed, its own day a guess').toEqual([]);
	expect(await of('inner')).toEqual([
		['meeting-inner', '2027-05-01'],
		['deadline-inner', '2027-04-01']
	]);
});

test('a round between two meetings is no meeting: nobody has to keep its day free', async () => {
	const db = await region();
	await db.updateTable('meeting').set({ mode: interSessional }).where('id', '=', 'inner').execute();
	const entries = (await dated(db, { id: 'inner' })).flatMap(entriesOf);
	expect(entries.map(({ id }) => id)).toEqual(['deadline-inner']);
});

test('names in any script and of any length come back as they were, on lines of 75 bytes at most', async () => {
	const titles = [
		'Ünïcode – ทะเล 🦘 '.repeat(20),
		'a\r\nEND:VEVENT\r\nX-EVIL:1',
		'back\\slash; comma, "quote"',
		'עברית'
	];
	const entries = titles.map((title, i) => ({
		id: `meeting-${i}/☃`,
		summary: title,
		path: '/meetings/x',
		from: '2026-11-16',
		to: '2026-11-16'
	}));
	const text = await ics(entries, { ...about, name: 'a\r\nEVIL:1' });
	for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
	expect(text).not.toMatch(/^(X-)?EVIL/m);
	expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
	const read = events(text);
	expect(read.map(({ summary }) => summary.trim())).toEqual(
		titles.map((title) => title.replaceAll('\r\n', '\n').trim())
	);
	expect(new Set(read.map(({ uid }) => uid)).size).toBe(titles.length);
});

test('a private calendar holds the rounds its person is asked in, until it is revoked or they are shut out', async () => {
	const db = await region();
	const fiji = await person(db, 'contributor', { entity_id: 'FJI' });
	const office = await person(db, 'vice_chair_office');
	await add(db, 'entity', [{ id: 'XXX', kind: 'private_sector', name: 'A group', search_text: '' }]);
	const outside = await person(db, 'contributor', { entity_id: 'XXX' });
	const ids = async (token: string) => (await feeds.read(db, token, now)).map(({ id }) => id);
	const all = ['meeting-rcp-40', 'opening-rcp-40', 'deadline-rcp-40', 'meeting-inner', 'deadline-inner'];
	const token = await feeds.make(db, fiji);
	expect(await ids(token)).toEqual(all);
	expect(await ids(await feeds.make(db, office))).toEqual(all);
	expect(await ids(await feeds.make(db, outside)), 'asked in nothing').toEqual([
		'meeting-rcp-40',
		'meeting-inner'
	]);
	expect(JSON.stringify(await db.selectFrom('calendar_feed').selectAll().execute())).not.toContain(token);

	const newer = await feeds.make(db, fiji);
	await expect(ids(token), 'a new address ends the old one').rejects.toThrow(
		'There is no calendar at this address.'
	);
	expect(await ids(newer)).toEqual(all);
	await feeds.revoke(db, fiji);
	await expect(ids(newer)).rejects.toThrow('There is no calendar at this address.');
	const last = await feeds.make(db, fiji);
	await users.disable(db, audit.commandLine, fiji.id);
	await expect(ids(last)).rejects.toThrow('There is no calendar at this address.');
	await expect(ids('guessed')).rejects.toThrow('There is no calendar at this address.');
	expect(await audit.verify(db)).toEqual([]);
});
