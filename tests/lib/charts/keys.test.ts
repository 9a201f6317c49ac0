import { expect, test } from 'vitest';
import { onward } from '#lib/components/chart/keys.ts';

const columns = {
	groups: [
		[
			[0, 0],
			[2, 0]
		],
		[
			[1, 1],
			[2, 1],
			[3, 1]
		]
	] as [number, number][][],
	across: true
};
const single = {
	groups: [
		[
			[0, 0],
			[1, 0],
			[2, 0]
		]
	] as [number, number][][],
	across: false
};
const dots = { groups: [[[0, 0]], [[0, 1]], [[1, 0]]] as [number, number][][], across: true };

test('the first arrow leads to the first mark, Home and End to either end', () => {
	expect(onward(columns, null, 'ArrowRight')).toEqual([0, 0]);
	expect(onward(columns, [2, 1], 'Home')).toEqual([0, 0]);
	expect(onward(columns, [0, 0], 'End')).toEqual([1, 1]);
	expect(onward(columns, null, 'a')).toBeUndefined();
});

test('sideways leads to the next column and the same series there, or the nearest', () => {
	expect(onward(columns, [2, 0], 'ArrowRight')).toEqual([2, 1]);
	expect(onward(columns, [0, 0], 'ArrowRight')).toEqual([1, 1]);
	expect(onward(columns, [3, 1], 'ArrowLeft')).toEqual([2, 0]);
	expect(onward(columns, [3, 1], 'ArrowRight')).toBeUndefined();
});

test('up climbs a column, down goes down it, and neither leaves it', () => {
	expect(onward(columns, [1, 1], 'ArrowUp')).toEqual([2, 1]);
	expect(onward(columns, [2, 1], 'ArrowDown')).toEqual([1, 1]);
	expect(onward(columns, [3, 1], 'ArrowUp')).toBeUndefined();
});

test('where there is one group, or groups of one, both pairs of arrows lead along', () => {
	expect(onward(single, [0, 0], 'ArrowDown')).toEqual([1, 0]);
	expect(onward(single, [1, 0], 'ArrowLeft')).toEqual([0, 0]);
	expect(onward(dots, [0, 1], 'ArrowRight')).toEqual([1, 0]);
	expect(onward(dots, [0, 1], 'ArrowUp')).toEqual([0, 0]);
});
