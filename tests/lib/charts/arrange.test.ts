import { describe, expect, test } from 'vitest';
import { arrange, moved, readOrder, template } from '#lib/charts/arrange.ts';
import type { Slide } from '#lib/charts/deck.ts';

const slide = (id: string, kind: Slide['kind'] = 'area'): Slide => ({
	id,
	kind,
	title: id,
	sentence: `${id}.`,
	notes: '',
	href: '/'
});
const usual = template([
	slide('overview', 'overview'),
	slide('attention', 'attention'),
	slide('dates', 'dates')
]);
const more = [slide('spotlight-FJI', 'spotlight')];
const ids = (slides: readonly Slide[]) => slides.map(({ id }) => id);

describe('a deck', () => {
	test('has a place for a Member in the spotlight, after what needs attention', () => {
		expect(ids(usual)).toEqual(['overview', 'attention', 'spotlight', 'dates']);
		expect(ids(template([slide('overview', 'overview')]))).toEqual(['overview', 'spotlight']);
	});

	test('is in the usual order where none is asked for', () => {
		expect(arrange(usual, more, null)).toEqual({ slides: usual, left: [], unknown: [] });
	});

	test('is in the order asked for, each slide once, and says what it leaves out', () => {
		const { slides, left, unknown } = arrange(usual, more, ['dates', 'spotlight-FJI', 'overview', 'dates']);
		expect(ids(slides)).toEqual(['dates', 'spotlight-FJI', 'overview']);
		expect(ids(left)).toEqual(['attention', 'spotlight']);
		expect(unknown).toEqual([]);
	});

	test('goes on without a slide that it has not, and names it', () => {
		const { slides, unknown } = arrange(usual, more, ['overview', 'nothing', 'spotlight-XXX']);
		expect(ids(slides)).toEqual(['overview']);
		expect(unknown).toEqual(['nothing', 'spotlight-XXX']);
		expect(arrange(usual, more, ['nothing'])).toEqual({ slides: usual, left: [], unknown: ['nothing'] });
	});
});

test('a slide moves one place, and not beyond either end', () => {
	expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
	expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b']);
	expect(moved(['a', 'b'], 'a', -1)).toEqual(['a', 'b']);
	expect(moved(['a', 'b'], 'x', 1)).toEqual(['a', 'b']);
});

test('an order is read from an address', () => {
	expect(readOrder('overview, dates,,')).toEqual(['overview', 'dates']);
	expect([readOrder(null), readOrder(''), readOrder(' , ')]).toEqual([null, null, null]);
});
