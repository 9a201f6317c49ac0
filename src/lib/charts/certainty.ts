import type { Certainty } from './spec.ts';

/** What no source is known to state is shown as inferred. */
export function certaintyOf(certainty: string | null): Certainty {
	return certainty === 'documented' ? 'documented' : 'inferred';
}
