import { expect, test } from 'vitest';
import { classify, movement, net, type Moved, type Pair, type Side } from '#lib/domain/movement.ts';
import { tallyOf } from './arbitraries.ts';

const reported = (stage: Side['stage'], change: Side['change'] = 'changed'): Side => ({
	freshness: 'reported',
	stage,
	change
});
const confirmed = (stage: Side['stage']): Side => ({ freshness: 'confirmed', stage, change: 'no_change' });
const carried = (stage: Side['stage'], change: Side['change'] = 'changed'): Side => ({
	freshness: 'carried',
	stage,
	change
});
const missing: Side = { freshness: 'missing', stage: null, change: null };

const cases: [said: string, before: Side | null, now: Side, found: Moved[]][] = [
	['a rung up', reported('pilot'), reported('partly_implemented'), ['up']],
	['two rungs down', reported('implemented'), reported('pilot'), ['down']],
	['confirmed unchanged', reported('pilot'), confirmed('pilot'), ['same']],
	['moved since it was confirmed', confirmed('pilot'), reported('implemented'), ['up']],
	['new and reported', null, reported('committed', 'new'), ['new']],
	['new and silent', null, missing, []],
	['ended on the same rung', reported('implemented'), reported('implemented', 'ended'), ['same', 'ended']],
	['begun and ended in one round', null, reported('implemented', 'ended'), ['new', 'ended']],
	['an ending that is only carried', reported('pilot'), carried('pilot', 'ended'), ['silent']],
	['fallen silent', confirmed('pilot'), missing, ['silent']],
	['silent twice', missing, missing, []],
	['silent, and carried before', carried('pilot'), missing, []],
	['back after silence', missing, reported('pilot'), ['back']],
	['back after being carried', carried('pilot'), confirmed('pilot'), ['back']],
	['off the ladder now', reported('pilot'), reported('discontinued'), []],
	['off the ladder before', reported('superseded'), reported('pilot'), []]
];

for (const [said, before, now, found] of cases)
	test(`what moved: ${said}`, () => {
		expect(classify({ before, now })).toEqual(found);
	});

test('the rate within is that of the panel, and net is up less down', () => {
	const pairs: Pair[] = [
		{ before: reported('pilot'), now: reported('implemented'), count: 3 },
		{ before: reported('implemented'), now: reported('pilot'), count: 1 },
		{ before: reported('discontinued'), now: reported('implemented'), count: 5 },
		{ before: null, now: reported('pilot', 'new'), count: 4 }
	];
	const sides = (pick: (pair: Pair) => Side | null) =>
		tallyOf(pairs.flatMap((pair) => Array.from({ length: pair.count }, () => pick(pair) ?? [])).flat());
	const moved = movement(
		pairs,
		sides(({ before }) => before),
		sides(({ now }) => now)
	);
	expect(moved).toMatchObject({ panel: 4, up: 3, same: 0, down: 1, new: 4 });
	// Of the panel of four, one was implemented and three are; of all, one of nine and eight of thirteen.
	expect(moved.within).toBeCloseTo(0.5, 12);
	expect(moved.composition).toBeCloseTo(8 / 13 - 1 / 9 - 0.5, 12);
	expect(net(moved)).toBe(2);
});
