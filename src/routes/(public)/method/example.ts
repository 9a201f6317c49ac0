import { movement, type Pair } from '#lib/domain/movement.ts';
import { attainment, coverage, rate } from '#lib/domain/progress.ts';
import { empty } from '#lib/domain/tally.ts';

const said = (stage: 'implemented' | 'pilot') => ({
	freshness: 'reported' as const,
	stage,
	change: 'changed' as const
});
const silence = { freshness: 'missing' as const, stage: null, change: null };

/** Two meetings in small numbers, worked out by the very functions that make every figure. */
export function example() {
	const first = { ...empty(), expected: 34, reported: 24, missing: 10, implemented: 12, pilot: 12 };
	// The four that fell silent are carried for one round; one more was expected and never answered.
	const second = {
		...empty(),
		expected: 35,
		reported: 20,
		carried: 4,
		missing: 11,
		implemented: 12,
		pilot: 8
	};
	const pairs: Pair[] = [
		{ before: said('implemented'), now: said('implemented'), count: 12 },
		{ before: said('pilot'), now: said('pilot'), count: 8 },
		{ before: said('pilot'), now: { ...said('pilot'), freshness: 'carried' }, count: 4 },
		{ before: silence, now: silence, count: 10 },
		{ before: null, now: silence, count: 1 }
	];
	return {
		meetings: [
			{
				name: 'Meeting A',
				tally: first,
				coverage: coverage(first),
				attainment: attainment(first),
				rate: rate(first)
			},
			{
				name: 'Meeting B',
				tally: second,
				coverage: coverage(second),
				attainment: attainment(second),
				rate: rate(second)
			}
		],
		movement: movement(pairs, first, second)
	};
}
