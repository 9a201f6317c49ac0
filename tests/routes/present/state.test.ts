import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keys, pressed } from '../../../src/routes/(public)/meetings/[meeting]/present/keys.ts';
import {
	after,
	begin,
	clockWords,
	elapsed,
	type Act,
	type State
} from '../../../src/routes/(public)/meetings/[meeting]/present/state.ts';

const ids = ['overview', 'coverage', 'spotlight', 'dates'];
const run = (acts: Act[], from: State = begin('overview'), now = 0) =>
	acts.reduce((state, act) => after(state, act, ids, now), from);

describe('the slide shown', () => {
	test('goes on and back, and stays at either end', () => {
		expect(run(['next', 'next']).at).toBe('spotlight');
		expect(run(['next', 'next', 'previous']).at).toBe('coverage');
		expect(run(['previous']).at).toBe('overview');
		expect(run(['last', 'next']).at).toBe('dates');
		expect(run(['last', 'first']).at).toBe('overview');
	});

	test('is the one gone to, and one that is not there changes nothing', () => {
		expect(run([{ go: 'dates' }]).at).toBe('dates');
		expect(run(['next', { go: 'nowhere' }]).at).toBe('coverage');
	});

	test('a Member in the spotlight lies over it: on and back both lead back to where one was', () => {
		const lit = run(['next', 'find', { member: 'FJI' }]);
		expect(lit).toMatchObject({ at: 'coverage', member: 'FJI', panel: null });
		expect(after(lit, 'next', ids, 0)).toMatchObject({ at: 'coverage', member: null });
		expect(after(lit, 'previous', ids, 0)).toMatchObject({ at: 'coverage', member: null });
		expect(after(lit, 'close', ids, 0)).toMatchObject({ at: 'coverage', member: null });
	});

	test('in the place for a spotlight, on leads on', () => {
		const lit = run([{ go: 'spotlight' }, { member: 'FJI' }]);
		expect(after(lit, 'next', ids, 0)).toMatchObject({ at: 'dates', member: null });
	});

	test('behind a blank screen is still the same when it comes back', () => {
		expect(run(['next', 'blank', 'next'])).toMatchObject({ at: 'coverage', blank: false });
	});

	test('is always one of the deck, whatever is pressed', () => {
		const act = fc.oneof(
			fc.constantFrom<Act>(...keys.flatMap(({ act }) => (act === 'full' || act === 'window' ? [] : [act]))),
			fc.record({ go: fc.constantFrom(...ids, 'nowhere') }),
			fc.record({ member: fc.constantFrom('FJI', 'JPN') })
		);
		fc.assert(
			fc.property(fc.array(act), (acts) => {
				expect(ids).toContain(run(acts).at);
			})
		);
	});
});

describe('what lies over it', () => {
	test('comes and goes with the same key; Escape takes what is on top', () => {
		expect(run(['table', 'notes', 'help'])).toMatchObject({ table: true, notes: true, panel: 'help' });
		expect(run(['help', 'help']).panel).toBeNull();
		expect(run(['help', 'list']).panel).toBe('list');
		const all = run(['table', 'notes', 'blank', 'help']);
		const closing = [1, 2, 3, 4].map((n) =>
			run(
				Array.from({ length: n }, () => 'close' as const),
				all
			)
		);
		expect(closing.map(({ panel, blank, table, notes }) => [panel, blank, table, notes])).toEqual([
			[null, true, true, true],
			[null, false, true, true],
			[null, false, false, true],
			[null, false, false, false]
		]);
	});
});

describe('the clock', () => {
	test('starts with the first step, can be stopped, and goes on where it stopped', () => {
		let state = after(begin('overview'), 'next', ids, 1000);
		expect(elapsed(state, 61_000)).toBe(60_000);
		state = after(state, 'pause', ids, 61_000);
		expect(elapsed(state, 99_000)).toBe(60_000);
		state = after(state, 'next', ids, 99_000);
		expect(elapsed(state, 99_500)).toBe(60_000);
		state = after(state, 'pause', ids, 100_000);
		expect(elapsed(state, 101_000)).toBe(61_000);
		expect(elapsed(after(state, 'restart', ids, 200_000), 200_500)).toBe(500);
	});

	test('is read in minutes, and in hours where there are any', () => {
		expect([0, 65_000, 3_725_000, -5].map(clockWords)).toEqual(['0:00', '1:05', '1:02:05', '0:00']);
	});
});

describe('keys', () => {
	const key = (key: string, more = {}) =>
		pressed({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
	test('mean what help says, in either case', () => {
		expect(['ArrowRight', ' ', 'PageDown', 'ArrowLeft', 'PageUp'].map((one) => key(one))).toEqual([
			'next',
			'next',
			'next',
			'previous',
			'previous'
		]);
		expect(['b', 'B', 't', '/', 'n', '?', 'Escape', 'f', 'w', 'l', 'c'].map((one) => key(one))).toEqual([
			'blank',
			'blank',
			'table',
			'find',
			'notes',
			'help',
			'close',
			'full',
			'window',
			'list',
			'clock'
		]);
	});
	test('with another key held belong to the browser', () => {
		expect([key('f', { ctrlKey: true }), key('t', { metaKey: true }), key('x'), key('Shift')]).toEqual([
			undefined,
			undefined,
			undefined,
			undefined
		]);
	});
});
