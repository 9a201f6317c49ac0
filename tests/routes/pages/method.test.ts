import { expect, test } from 'vitest';
import { example } from '../../../src/routes/(public)/method/example.ts';

const percent = (fraction: number | null) => Math.round(fraction! * 100);

test('the published example comes out as the method says', () => {
	const { meetings, movement } = example();
	expect(meetings.map(({ tally }) => [tally.expected, tally.reported, tally.implemented])).toEqual([
		[34, 24, 12],
		[35, 20, 12]
	]);
	for (const { tally } of meetings)
		expect(tally.expected).toBe(tally.reported + tally.confirmed + tally.carried + tally.missing);
	expect(meetings.map(({ rate }) => percent(rate))).toEqual([50, 60]);
	expect(meetings.map(({ coverage }) => [percent(coverage.rate), coverage.enough])).toEqual([
		[71, true],
		[57, false]
	]);
	expect(meetings.map(({ attainment }) => [percent(attainment.low), percent(attainment.high)])).toEqual([
		[35, 65],
		[34, 77]
	]);
	expect(movement).toMatchObject({ panel: 20, up: 0, down: 0, silent: 4 });
	expect(movement.within).toBe(0);
	expect(percent(movement.composition)).toBe(10);
});
