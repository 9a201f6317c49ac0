import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clean, words } from '#lib/domain/clean.ts';
import { readDay } from '#lib/domain/typed-day.ts';
import { calledToday, inBoth, isZone, momentOf, toChoose, wallClock } from '#lib/domain/zones.ts';

test('a day is read as it was meant, or told why it can not be', () => {
	for (const [typed, day] of [
		['2026-03-31', '2026-03-31'],
		[' 2024-2-29 ', '2024-02-29'],
		['31 March 2026', '2026-03-31'],
		['1. Sept 2026', '2026-09-01'],
		['28-02-2026', '2026-02-28'],
		['02/28/2026', '2026-02-28'],
		['5.5.2026', '2026-05-05']
	])
		expect(readDay(typed!)).toEqual({ day });
	for (const [typed, sentence] of [
		['29-02-2023', 'There is no 29 February 2023.'],
		['2023-02-29', 'There is no 29 February 2023.'],
		['2566-05-01', 'Buddhist calendar, where it is our 2023'],
		['1 May 2566', 'Buddhist calendar'],
		['03/04/2026', 'can be read in two ways'],
		['31-12-2566', 'Buddhist calendar, where it is our 2023'],
		['31-31-2026', 'There is no month 31.'],
		['2026-13-01', 'There is no month 13.'],
		['0206-05-01', 'can not be right'],
		['next week', 'is no day we can read']
	])
		expect(readDay(typed!)).toMatchObject({ sentence: expect.stringContaining(sentence!) });
});

test('what a word processor leaves behind is taken away, and what was written stays', () => {
	expect(clean('\uFEFFcus\u00ADtoms\u200B\u00A0“quoted” – it’s')).toBe('customs “quoted” – it’s');
	expect(clean('•\tOne\r\n·\tTwo\r\n\uF0B7 Three')).toBe('- One\n- Two\n- Three');
	expect(clean('<!--[if gte mso 9]><xml>junk</xml><![endif]-->Kept <b>as text</b><o:p></o:p>')).toBe(
		'Kept <b>as text</b>'
	);
	expect(clean('a \u202Ebc\u202C d\u2067')).toBe('a bc d');
	expect(clean('a\u0000b\ud800')).toBe('ab\ufffd');
	// Joiners belong to Persian, to Hindi and to families of signs.
	expect(clean('می\u200Cخواهم 👩\u200D🔬')).toBe('می\u200Cخواهم 👩\u200D🔬');
});

test('cleaning twice changes nothing more', () => {
	const sign = fc.constantFrom(
		'•',
		'\t',
		' ',
		'\n',
		'\r',
		'o',
		'\u00A0',
		'\u200B',
		'-',
		'a',
		'\u2028',
		'\u202E',
		'<o:p>'
	);
	fc.assert(
		fc.property(fc.array(sign, { maxLength: 12 }), (signs) => {
			const once = clean(signs.join(''));
			expect(clean(once)).toBe(once);
		})
	);
});

test('words are counted in any script', () => {
	expect(words('It’s begun, in 3 ports.')).toBe(5);
	expect(words('ศุลกากร')).toBeGreaterThan(0);
	expect(words('')).toBe(0);
});

test('a moment named by the clock of a zone is that moment, over its changes of clock too', () => {
	expect(momentOf('2026-12-01', '17:00', 'Pacific/Fiji')).toBe('2026-12-01T05:00:00.000Z');
	for (const [day, time] of [
		['2026-04-05', '01:59'],
		['2026-04-05', '03:00'],
		['2026-10-04', '03:30'],
		['2026-07-01', '12:00']
	])
		expect(wallClock(momentOf(day!, time!, 'Australia/Sydney'), 'Australia/Sydney')).toBe(`${day}T${time}`);
});

test('time zones are listed by the names of today, and the chosen one is always among them', () => {
	const zones = toChoose(null);
	expect(zones[0]).toBe('UTC');
	expect(new Set(zones).size).toBe(zones.length);
	for (const zone of ['Asia/Ho_Chi_Minh', 'Asia/Kolkata', 'Asia/Yangon', 'Asia/Kathmandu', 'Pacific/Chuuk'])
		expect(zones).toContain(zone);
	expect(zones).not.toContain('Asia/Saigon');
	expect(zones.every(isZone)).toBe(true);
	for (const chosen of ['Asia/Saigon', 'Asia/Ho_Chi_Minh', 'Etc/GMT-12', 'UTC'])
		expect(toChoose(chosen)).toContain(calledToday(chosen));
	expect(inBoth('2026-12-01T05:00:00.000Z', 'Asia/Ho_Chi_Minh', 'Asia/Saigon')).toBe(
		'1 December 2026, 12:00 (Asia/Ho_Chi_Minh)'
	);
});
