import { expect, test } from 'vitest';
import { howFar, isMorning, reminderOn, type Reminder } from '#lib/domain/reminders.ts';
import { firstZone, inZone, localTime } from '#lib/domain/zones.ts';

const days = (from: string, to: string) => {
	const list: string[] = [];
	for (let at = Date.parse(from); at <= Date.parse(to); at += 86_400_000)
		list.push(new Date(at).toISOString().slice(0, 10));
	return list;
};

/** Every day on which something is written, with what. */
function written(
	round: { opened_at: string; due_at: string },
	zone: string,
	choice?: 'all' | 'deadlines' | 'none'
) {
	const found: [string, Reminder][] = [];
	for (const day of days('2026-08-01', '2027-01-31')) {
		const reminder = reminderOn(day, round, zone, choice);
		if (reminder) found.push([day, reminder]);
	}
	return found;
}

const round = { opened_at: '2026-09-14T02:00:00.000Z', due_at: '2026-11-02T05:00:00.000Z' };

test('a round is told of when it opens, 30, 14, 7, 2 and 1 days before, on the day, and three times after', () => {
	expect(written(round, 'Asia/Tokyo')).toEqual([
		['2026-09-15', 'opened'],
		['2026-10-03', 'due'],
		['2026-10-19', 'due'],
		['2026-10-26', 'due'],
		['2026-10-31', 'due'],
		['2026-11-01', 'due'],
		['2026-11-02', 'due'],
		['2026-11-03', 'overdue'],
		['2026-11-09', 'overdue'],
		['2026-11-16', 'overdue']
	]);
});

test('whoever wants deadlines only hears from a week before; whoever wants nothing hears nothing', () => {
	expect(written(round, 'Asia/Tokyo', 'deadlines').map(([day]) => day)).toEqual([
		'2026-10-26',
		'2026-10-31',
		'2026-11-01',
		'2026-11-02',
		'2026-11-03',
		'2026-11-09',
		'2026-11-16'
	]);
	expect(written(round, 'Asia/Tokyo', 'none')).toEqual([]);
});

test('where the moment falls before anybody is at work, the last reminder comes the morning before', () => {
	// 05:00 UTC is 14:00 in Tokyo, and 01:00 in Santiago.
	const last = (zone: string) => written(round, zone).findLast(([, kind]) => kind === 'due')![0];
	expect(last('Asia/Tokyo')).toBe('2026-11-02');
	expect(last('America/Santiago')).toBe('2026-11-01');
	expect(howFar(round.due_at, '2026-11-01', 'America/Santiago')).toBe('tomorrow');
	expect(howFar(round.due_at, '2026-11-02', 'Asia/Tokyo')).toBe('today');
	expect(howFar(round.due_at, '2026-11-03', 'Asia/Tokyo')).toBe('yesterday');
	expect(howFar(round.due_at, '2026-10-26', 'Asia/Tokyo')).toBe('in 7 days');
	expect(howFar(round.due_at, '2026-11-09', 'Asia/Tokyo')).toBe('7 days ago');
});

test('days are counted by the calendar there, whether clocks change in between or not', () => {
	// Sydney goes to summer time on 4 October 2026, New Zealand on 27 September.
	for (const zone of [
		'Australia/Sydney',
		'Pacific/Auckland',
		'Pacific/Kiritimati',
		'Asia/Kathmandu',
		'UTC',
		'Pacific/Pago_Pago'
	]) {
		const due = written(round, zone).filter(([, kind]) => kind === 'due');
		expect(due).toHaveLength(6);
		const [first, last] = [due[0]![0], due.at(-1)![0]];
		expect((Date.parse(last) - Date.parse(first)) / 86_400_000).toBe(30);
	}
});

test('it is morning from seven, on either side of a change of clocks', () => {
	const morning = (moment: string) => isMorning(new Date(moment), 'Australia/Sydney');
	expect([morning('2026-10-02T20:59:00Z'), morning('2026-10-02T21:00:00Z')]).toEqual([false, true]);
	expect([morning('2026-10-04T19:59:00Z'), morning('2026-10-04T20:00:00Z')]).toEqual([false, true]);
	expect(morning('2026-10-05T08:00:00Z'), 'in the evening it is too late').toBe(false);
});

test('a round that opens and is due within days says only what is still ahead', () => {
	const short = { opened_at: '2026-11-01T12:00:00.000Z', due_at: '2026-11-03T12:00:00.000Z' };
	expect(written(short, 'UTC').slice(0, 3)).toEqual([
		['2026-11-02', 'due'],
		['2026-11-03', 'due'],
		['2026-11-04', 'overdue']
	]);
});

test('a moment is said in words of a place, and an unknown place counts as UTC', () => {
	expect(inZone('2026-11-14T05:30:00.000Z', 'Pacific/Fiji')).toBe('14 November 2026, 17:30 (Pacific/Fiji)');
	expect(inZone('2026-11-14T00:00:00.000Z', 'UTC')).toBe('14 November 2026, 00:00 (UTC)');
	expect(firstZone(null, 'Mars/Olympus', 'Asia/Tokyo')).toBe('Asia/Tokyo');
	expect(firstZone(null, '', 'nowhere')).toBe('UTC');
	expect(localTime(new Date('2026-12-31T23:30:00Z'), 'Pacific/Apia')).toEqual({
		day: '2027-01-01',
		hour: 12,
		minute: 30
	});
});
