import fc from 'fast-check';
import { freshnesses } from '#lib/domain/freshness.ts';
import type { Side } from '#lib/domain/movement.ts';
import { stages } from '#lib/domain/stage.ts';
import { count } from '#lib/domain/tally.ts';
import { changes } from '#lib/domain/words.ts';

/** Any expectation at a meeting; what is missing has nothing to say. */
export const side: fc.Arbitrary<Side> = fc
	.record({
		freshness: fc.constantFrom(...freshnesses),
		stage: fc.constantFrom(...stages),
		change: fc.constantFrom(...changes)
	})
	.map((s) => (s.freshness === 'missing' ? { ...s, stage: null, change: null } : s));

export const sides = fc.array(side, { maxLength: 60 });

export const tallyOf = (list: readonly Side[]) => count(list.map((s) => ({ ...s, timing: null })));
