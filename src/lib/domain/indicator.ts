import type { Direction } from './words.ts';

type Ratio = { numerator: number | null; denominator: number | null };

export type Measured = { direction: Direction; baseline: Ratio; target: Ratio };

/**
 * How far an indicator has come. `raw` is signed and unclamped: 0 at the baseline, 1 at the target, below 0 when it went
 * the wrong way; `drawn` is `raw` held between 0 and 1. Where baseline and target are equal the aim is to maintain:
 * `kept` answers yes or no and there is no fraction. Null where a part is not known.
 */
export function attained(measured: Measured, actual: Ratio) {
	const [now, from, to] = [value(actual), value(measured.baseline), value(measured.target)];
	if (now === null || to === null) return null;
	if (measured.direction === 'maintain' || from === to)
		return { kept: measured.direction === 'down' ? now <= to : now >= to, raw: null, drawn: null };
	if (from === null) return null;
	const raw = (now - from) / (to - from);
	return { kept: null, raw, drawn: Math.min(1, Math.max(0, raw)) };
}

/** A ratio from its parts; a plain number where there is no denominator. */
export function value({ numerator, denominator }: Ratio) {
	if (numerator === null) return null;
	if (denominator === null) return numerator;
	return denominator === 0 ? null : numerator / denominator;
}

/** Several ratios as one: parts are added up, never the ratios averaged. */
export function combine(ratios: readonly Ratio[]): Ratio {
	const add = (key: keyof Ratio) =>
		ratios.every((ratio) => ratio[key] === null)
			? null
			: ratios.reduce((n, ratio) => n + (ratio[key] ?? 0), 0);
	return { numerator: add('numerator'), denominator: add('denominator') };
}
