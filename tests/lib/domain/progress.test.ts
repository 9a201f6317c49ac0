import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Freshness } from '#lib/domain/freshness.ts';
import { movement, type Pair, type Side } from '#lib/domain/movement.ts';
import { attainment, coverage, mayShowShare, memberWeighted, rate } from '#lib/domain/progress.ts';
import { byStage, count, empty, fresh, medianStage, sum, type Tally } from '#lib/domain/tally.ts';
import { side, sides, tallyOf } from './arbitraries.ts';

const tally = (parts: Partial<Tally>): Tally => ({ ...empty(), ...parts });

/** So many alike. */
const times = (n: number, freshness: Freshness, stage: Side['stage']): Side[] =>
	Array.from({ length: n }, () => ({ freshness, stage, change: stage ? 'changed' : null }));

test('the worked example: the rate rises by ten points, and all of it is composition', () => {
	// Of 34, the same 20 answer both times, 12 of them implemented; four that were not implemented fall silent.
	const before = [
		...times(12, 'reported', 'implemented'),
		...times(12, 'reported', 'pilot'),
		...times(10, 'missing', null)
	];
	const now = [
		...times(12, 'reported', 'implemented'),
		...times(8, 'reported', 'pilot'),
		...times(4, 'carried', 'pilot'),
		...times(10, 'missing', null)
	];
	const joined = { before: null, now: times(1, 'missing', null)[0]!, count: 1 };
	const pairs: Pair[] = [...now.map((side, i) => ({ before: before[i]!, now: side, count: 1 })), joined];
	const [then, after] = [tallyOf(before), tallyOf([...now, joined.now])];

	expect(then).toMatchObject({ expected: 34, reported: 24, implemented: 12 });
	expect(after).toMatchObject({ expected: 35, reported: 20, implemented: 12 });
	expect([rate(then), rate(after)]).toEqual([0.5, 0.6]);

	const moved = movement(pairs, then, after);
	expect(moved).toMatchObject({ panel: 20, up: 0, same: 20, down: 0, silent: 4, within: 0 });
	expect(moved.composition).toBeCloseTo(0.1, 12);

	const points = ({ low, high }: { low: number | null; high: number | null }) =>
		[low, high].map((x) => Math.round(x! * 100));
	expect(points(attainment(then))).toEqual([35, 65]);
	expect(points(attainment(after))).toEqual([34, 77]);
	expect([coverage(then).rate, coverage(after).rate].map((x) => Math.round(x! * 100))).toEqual([71, 57]);
	expect([coverage(then).enough, coverage(after).enough]).toEqual([true, false]);
});

test('two thirds of the answers are enough for a percentage, and a little less is not', () => {
	expect(mayShowShare(tally({ expected: 30, reported: 20, missing: 10 }))).toBe(true);
	expect(mayShowShare(tally({ expected: 31, reported: 20, missing: 11 }))).toBe(false);
	expect(mayShowShare(tally({ expected: 9, reported: 9 }))).toBe(false);
	expect(mayShowShare(tally({ expected: 10, reported: 10 }))).toBe(true);
	expect(mayShowShare(tally({ expected: 10, reported: 7, missing: 3 }), 7)).toBe(false);
	expect(coverage(empty())).toMatchObject({ rate: null, enough: false });
});

test('what is confirmed unchanged is as good as reported', () => {
	const half = tally({ expected: 20, reported: 5, confirmed: 10, carried: 3, missing: 2, implemented: 3 });
	expect(fresh(half)).toBe(15);
	expect(coverage(half)).toEqual({ fresh: 15, expected: 20, rate: 0.75, enough: true });
	expect(rate(half)).toBe(0.2);
	expect(attainment(half)).toEqual({ implemented: 3, of_reported: 15, low: 0.15, high: 0.4 });
});

test('the ladder is always listed whole, what is off it only where it occurs', () => {
	const ladder = { not_started: 0, committed: 0, pilot: 2, partly_implemented: 0, implemented: 0 };
	expect(byStage(tally({ pilot: 2 }))).toEqual(ladder);
	expect(byStage(tally({ pilot: 2, superseded: 1 }))).toEqual({ ...ladder, superseded: 1 });
});

test('of two middle stages the lower stands, and nothing fresh has no median', () => {
	expect(medianStage(tally({ pilot: 1, implemented: 1 }))).toBe('pilot');
	expect(medianStage(tally({ pilot: 1, implemented: 2 }))).toBe('implemented');
	expect(medianStage(tally({ discontinued: 3 }))).toBeNull();
});

test('a Member with forty small items weighs as much as one with a single item', () => {
	const weighted = memberWeighted([tally({ not_started: 40 }), tally({ implemented: 1 }), empty()]);
	expect(weighted).toMatchObject({ not_started: 1, implemented: 1, members: 2 });
});

test('expected is always reported, confirmed, carried and missing together', () => {
	fc.assert(
		fc.property(sides, (list) => {
			const t = tallyOf(list);
			expect(t.reported + t.confirmed + t.carried + t.missing).toBe(t.expected);
			expect(t.expected).toBe(list.length);
		})
	);
});

test('slices add up to the whole', () => {
	fc.assert(
		fc.property(sides, sides, (a, b) => {
			expect(sum([tallyOf(a), tallyOf(b)])).toEqual(tallyOf([...a, ...b]));
		})
	);
});

test('a silent Member never raises attainment or movement', () => {
	fc.assert(
		fc.property(sides, fc.integer({ min: 1, max: 20 }), (list, n) => {
			const silent = times(n, 'missing', null);
			const [alone, joined] = [tallyOf(list), tallyOf([...list, ...silent])];
			expect(joined.implemented).toBe(alone.implemented);
			expect(rate(joined)).toBe(rate(alone));
			expect(attainment(joined).low ?? 0).toBeLessThanOrEqual(attainment(alone).low ?? 0);

			const pairs = list.map((now) => ({ before: now, now, count: 1 }));
			const more = silent.map((now) => ({ before: now, now, count: 1 }));
			const [without, having] = [
				movement(pairs, alone, alone),
				movement([...pairs, ...more], joined, joined)
			];
			expect(having).toEqual(without);
		})
	);
});

test('within and composition are the whole change of the rate', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.option(side), side)), (list) => {
			const pairs = list.map(([before, now]) => ({ before, now, count: 1 }));
			const then = tallyOf(list.flatMap(([before]) => (before ? [before] : [])));
			const now = tallyOf(list.map(([, side]) => side));
			const { within, composition, panel, up, same, down } = movement(pairs, then, now);
			expect(panel).toBe(up + same + down);
			if (within === null || composition === null) {
				expect(panel === 0 || fresh(then) === 0 || fresh(now) === 0).toBe(true);
			} else {
				expect(within + composition).toBeCloseTo(rate(now)! - rate(then)!, 12);
			}
		})
	);
});

test('carried values never appear in movement', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.option(side), side)), (list) => {
			const hushed = (s: Side | null) =>
				s?.freshness === 'carried' ? { ...s, stage: null, change: null } : s;
			const pairs = list.map(([before, now]) => ({ before, now, count: 1 }));
			const without = list.map(([before, now]) => ({ before: hushed(before), now: hushed(now)!, count: 1 }));
			expect(movement(pairs, empty(), empty())).toEqual(movement(without, empty(), empty()));
		})
	);
});

test('pairs counted together are worth the same as one by one, in any order', () => {
	fc.assert(
		fc.property(fc.tuple(fc.option(side), side), fc.integer({ min: 1, max: 9 }), ([before, now], n) => {
			const single = Array.from({ length: n }, () => ({ before, now, count: 1 }));
			expect(movement([{ before, now, count: n }], empty(), empty())).toEqual(
				movement(single, empty(), empty())
			);
		})
	);
});

test('counting leaves stages and timing of what is not fresh aside', () => {
	expect(
		count([
			{ freshness: 'carried', stage: 'implemented', timing: 'on_track' },
			{ freshness: 'confirmed', stage: 'pilot', timing: 'at_risk' }
		])
	).toMatchObject({
		expected: 2,
		carried: 1,
		confirmed: 1,
		implemented: 0,
		pilot: 1,
		on_track: 0,
		at_risk: 1
	});
});
