import { expect, test } from 'vitest';
import { attained, combine, value, type Measured } from '#lib/domain/indicator.ts';

const plain = (numerator: number | null) => ({ numerator, denominator: null });
const from = (baseline: number | null, target: number | null, direction: Measured['direction'] = 'up') => ({
	direction,
	baseline: plain(baseline),
	target: plain(target)
});

test('an indicator has come so far from its baseline to its target, whichever way that runs', () => {
	expect(attained(from(10, 20), plain(15))).toEqual({ kept: null, raw: 0.5, drawn: 0.5 });
	expect(attained(from(48, 24, 'down'), plain(36))).toEqual({ kept: null, raw: 0.5, drawn: 0.5 });
});

test('going the wrong way is kept below nought, and going too far above one; only the drawing stops there', () => {
	expect(attained(from(10, 20), plain(5))).toEqual({ kept: null, raw: -0.5, drawn: 0 });
	expect(attained(from(10, 20), plain(30))).toEqual({ kept: null, raw: 2, drawn: 1 });
});

test('where baseline and target are equal, or the aim is to maintain, the answer is yes or no', () => {
	expect(attained(from(90, 90), plain(91))).toEqual({ kept: true, raw: null, drawn: null });
	expect(attained(from(90, 90), plain(89))).toMatchObject({ kept: false });
	expect(attained(from(5, 5, 'down'), plain(6))).toMatchObject({ kept: false });
	expect(attained(from(80, 90, 'maintain'), plain(95))).toEqual({ kept: true, raw: null, drawn: null });
	expect(attained(from(null, 90, 'maintain'), plain(85))).toMatchObject({ kept: false });
});

test('what is not known is not worked out', () => {
	expect(attained(from(10, null), plain(5))).toBeNull();
	expect(attained(from(null, 20), plain(5))).toBeNull();
	expect(attained(from(10, 20), plain(null))).toBeNull();
	expect(value({ numerator: 1, denominator: 0 })).toBeNull();
});

test('ratios are put together from their parts', () => {
	const two = [
		{ numerator: 1, denominator: 2 },
		{ numerator: 9, denominator: 10 }
	];
	expect(combine(two)).toEqual({ numerator: 10, denominator: 12 });
	expect(combine([plain(3), plain(4)])).toEqual({ numerator: 7, denominator: null });
});
