import { fresh, medianStage, type Tally } from './tally.ts';
import { ladder, type LadderStage } from './stage.ts';

/** The version of `method.md` these figures follow. Printed on every chart. */
export const methodVersion = '1.0';

/** Below this coverage, and below this many cases, a percentage would say more than is known. */
const enoughCoverage = 2 / 3;
export const enoughCases = 10;

export type Coverage = { fresh: number; expected: number; rate: number | null; enough: boolean };

/** How much has been reported: (R + U) / E. `enough` is false below two thirds: no percentage, no arrow then. */
export function coverage(tally: Tally): Coverage {
	const { expected } = tally;
	const rate = expected > 0 ? fresh(tally) / expected : null;
	return { fresh: fresh(tally), expected, rate, enough: rate !== null && rate >= enoughCoverage };
}

/**
 * May a share be written as a percentage? Not under ten cases, and not on a third of the answers missing. `cases` is what
 * the share is of, where that is not everything expected.
 */
export function mayShowShare(tally: Tally, cases = tally.expected) {
	return coverage(tally).enough && cases >= enoughCases;
}

export type Attainment = {
	implemented: number;
	of_reported: number;
	low: number | null;
	high: number | null;
};

/**
 * Implemented among what was reported, with the bounds the silence leaves open: none of the unheard implemented, or all.
 * Fractions of E; null when nothing is expected.
 */
export function attainment(tally: Tally): Attainment {
	const { implemented, expected, carried, missing } = tally;
	return {
		implemented,
		of_reported: fresh(tally),
		low: expected > 0 ? implemented / expected : null,
		high: expected > 0 ? (implemented + carried + missing) / expected : null
	};
}

/** Implemented as a fraction of the fresh; null when nothing is fresh. */
export function rate(tally: Tally) {
	return fresh(tally) > 0 ? tally.implemented / fresh(tally) : null;
}

/**
 * Each Member once: how many stand, by their median stage, on each rung. Takes one tally per Member for one element;
 * those with nothing fresh are left out.
 */
export function memberWeighted(members: readonly Tally[]): Record<LadderStage, number> & { members: number } {
	const counts = Object.fromEntries(ladder.map((stage) => [stage, 0])) as Record<LadderStage, number>;
	const medians = members.map(medianStage).filter((stage) => stage !== null);
	for (const stage of medians) counts[stage]++;
	return { ...counts, members: medians.length };
}
