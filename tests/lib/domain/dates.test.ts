import { expect, test } from 'vitest';
import { day, moment, period, shortDay, span } from '#lib/domain/dates.ts';

test('a day is written with its month in letters, no more exactly than its source allowed', () => {
	expect(day('2022-11-14')).toBe('14 November 2022');
	expect(day('2022-11-14T09:30:00.000Z', 'day')).toBe('14 November 2022');
	expect(day('2022-11-14', 'month')).toBe('November 2022');
	expect(day('2022-11-14', 'year')).toBe('2022');
	expect(day('2023-11-01', 'inferred')).toBe('about November 2023');
	expect(day('2023-11-01', 'not found')).toBe('date not found');
	expect(day(null)).toBe('date not found');
	expect(shortDay('2022-09-01')).toBe('1 Sep 2022');
	expect(shortDay('2023-05-01', 'month')).toBe('May 2023');
});

test('the days of a meeting are one phrase, and repeat only what differs', () => {
	expect(span('2022-11-14', '2022-11-18', 'day')).toBe('14 to 18 November 2022');
	expect(span('2023-05-28', '2023-06-02', 'day')).toBe('28 May to 2 June 2023');
	expect(span('2022-12-30', '2023-01-02', null)).toBe('30 December 2022 to 2 January 2023');
	expect(span('2020-11-12', '2020-11-12', 'day')).toBe('12 November 2020');
	expect(span('2020-11-12', null, 'day')).toBe('12 November 2020');
	expect(span('2023-11-01', '2023-11-03', 'inferred')).toBe('about November 2023');
});

test('a period may be open at either end, and a moment says it is UTC', () => {
	expect(period('2022-07-01', '2024-06-30')).toBe('July 2022 to June 2024');
	expect(period('2023-05-31', null)).toBe('from May 2023');
	expect(period(null, '2024-06-30')).toBe('until June 2024');
	expect(period(null, null)).toBe('period not found');
	expect(moment('2022-11-14T09:30:00.000Z')).toBe('14 November 2022, 09:30 UTC');
});
