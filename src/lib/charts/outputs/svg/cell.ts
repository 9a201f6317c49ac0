import type { MatrixCell } from '../../spec.ts';

/** "Pilot, 3 of 4 reported". */
export function described({ word, expected, fresh }: MatrixCell) {
	return expected === 0 ? word.toLowerCase() : `${word.toLowerCase()}, ${fresh} of ${expected} reported`;
}
