import { freshnesses, isFresh, type Freshness } from './freshness.ts';
import { ladder, offLadder, stages, type LadderStage, type Stage } from './stage.ts';
import { timings, type Timing } from './timing.ts';

/**
 * Expectations counted: how many, how fresh, and of the fresh ones at which stage and how timely.
 * `expected = reported + confirmed + carried + missing`, always.
 */
export type Tally = { expected: number } & Record<Freshness | Stage | Timing, number>;

export const tallyKeys = ['expected', ...freshnesses, ...stages, ...timings] as const;

/** What a tally needs to know of one expectation. */
export type Counted = { freshness: Freshness; stage: Stage | null; timing: Timing | null };

export function empty(): Tally {
	return Object.fromEntries(tallyKeys.map((key) => [key, 0])) as Tally;
}

/** Adds one expectation to a tally, or several alike. Stage and timing count only where they are fresh. */
export function add(tally: Tally, { freshness, stage, timing }: Counted, times = 1) {
	tally.expected += times;
	tally[freshness] += times;
	if (!isFresh(freshness)) return;
	if (stage) tally[stage] += times;
	if (timing) tally[timing] += times;
}

export function count(standings: readonly Counted[]): Tally {
	const tally = empty();
	for (const standing of standings) add(tally, standing);
	return tally;
}

export function sum(tallies: readonly Tally[]): Tally {
	const total = empty();
	for (const tally of tallies) for (const key of tallyKeys) total[key] += tally[key];
	return total;
}

/** Fresh: reported or confirmed unchanged, R + U. */
export function fresh(tally: Tally) {
	return tally.reported + tally.confirmed;
}

/** Counts per stage: the whole ladder, and the stages off it where they occur. */
export function byStage(tally: Tally): Record<LadderStage, number> & Partial<Record<Stage, number>> {
	const off = offLadder.filter((stage) => tally[stage] > 0);
	return Object.fromEntries([...ladder, ...off].map((stage) => [stage, tally[stage]])) as Record<
		Stage,
		number
	>;
}

export function byTiming(tally: Tally): Record<Timing, number> {
	return Object.fromEntries(timings.map((timing) => [timing, tally[timing]])) as Record<Timing, number>;
}

/**
 * The middle rung of what is fresh and on the ladder; of two middle rungs the lower, so that nobody is shown further
 * than half of its initiatives are. Null when nothing is fresh.
 */
export function medianStage(tally: Record<LadderStage, number>): LadderStage | null {
	const total = ladder.reduce((n, stage) => n + tally[stage], 0);
	let seen = 0;
	for (const stage of ladder) {
		seen += tally[stage];
		if (total > 0 && seen * 2 >= total) return stage;
	}
	return null;
}
