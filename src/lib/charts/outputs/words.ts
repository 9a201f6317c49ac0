import { split } from '../sentence.ts';
import type { ChartSpec } from '../spec.ts';

/** The chart in one sentence: its finding, and how fresh the picture is. */
export function sentence({ title, provenance }: ChartSpec) {
	const fresh = provenance.split ? ` (${split(provenance.split)})` : '';
	return `${title}${fresh}.`;
}
