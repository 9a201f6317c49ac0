import { expect, test } from 'vitest';
import { attained, combine } from '#lib/domain/indicator.ts';
import { treeOrder } from '#lib/domain/order.ts';
import { joined } from '#lib/domain/renewal.ts';
import { fold, searchable } from '#lib/domain/text.ts';
import { byRule } from '#lib/domain/timing.ts';

test('accents, case and spaces do not hide a name', () => {
	expect(fold('Viêt Nam')).toBe('viet nam');
	expect(searchable('Viet Nam', null)).toContain('vietnam');
	expect(fold("Lao People's Democratic Republic")).toBe('lao people s democratic republic');
});

test('an indicator keeps its raw signed value, and its drawing is clamped', () => {
	const up = {
		direction: 'up' as const,
		baseline: { numerator: 50, denominator: 100 },
		target: { numerator: 80, denominator: 100 }
	};
	expect(attained(up, { numerator: 40, denominator: 100 })).toMatchObject({
		raw: expect.closeTo(-1 / 3),
		drawn: 0
	});
	expect(attained(up, { numerator: 95, denominator: 100 })).toMatchObject({
		raw: expect.closeTo(1.5),
		drawn: 1
	});
	const down = {
		direction: 'down' as const,
		baseline: { numerator: 48, denominator: null },
		target: { numerator: 24, denominator: null }
	};
	expect(attained(down, { numerator: 36, denominator: null })).toMatchObject({ raw: 0.5, drawn: 0.5 });
});

test('equal baseline and target means maintain, yes or no', () => {
	const same = { numerator: 30, denominator: null };
	const keep = { direction: 'maintain' as const, baseline: same, target: same };
	expect(attained(keep, { numerator: 31, denominator: null })).toEqual({
		kept: true,
		raw: null,
		drawn: null
	});
	expect(attained(keep, { numerator: 29, denominator: null })).toMatchObject({ kept: false });
	expect(attained({ ...keep, direction: 'down' }, { numerator: 29, denominator: null })).toMatchObject({
		kept: true
	});
	expect(attained(keep, { numerator: null, denominator: null })).toBeNull();
	expect(attained(keep, { numerator: 1, denominator: 0 })).toBeNull();
});

test('ratios come from summed parts', () => {
	expect(
		combine([
			{ numerator: 1, denominator: 2 },
			{ numerator: 99, denominator: 100 }
		])
	).toEqual({ numerator: 100, denominator: 102 });
});

test('dates decide timing first: a passed target is off track, a passed milestone at risk', () => {
	const dates = { target_on: '2023-01-01', milestones: [{ due_on: '2022-06-01', done_on: null }] };
	expect(byRule(dates, '2022-05-01', false)).toBe('on_track');
	expect(byRule(dates, '2022-07-01', false)).toBe('at_risk');
	expect(byRule(dates, '2023-01-02', false)).toBe('off_track');
	expect(byRule(dates, '2023-01-02', true)).toBe('on_track');
	expect(byRule({ target_on: null, milestones: [] }, '2023-01-02', false)).toBeNull();
});

const equal = (from_id: string, to_id: string) => ({
	from_id,
	to_id,
	relation: 'equal' as const,
	agreed_at_id: 'rcp-32' as string | null
});

test('an agreed equal link continues a line, in whichever direction it was written', () => {
	const links = [equal('old:A', 'new:A'), equal('new:B', 'old:B1'), equal('old:B2', 'new:B')];
	expect(joined(links, ['old:A', 'old:B1', 'old:B2', 'old:C'], ['new:A', 'new:B', 'new:C'])).toEqual(
		new Map([
			['new:A', ['old:A']],
			['new:B', ['old:B1', 'old:B2']]
		])
	);
});

test('what is equal over one renewal and the next is equal over both', () => {
	const links = [equal('first:A', 'second:A'), equal('second:A', 'third:A')];
	expect(joined(links, ['first:A'], ['third:A'])).toEqual(new Map([['third:A', ['first:A']]]));
});

test('a link nobody agreed, or of another kind, does not continue a line', () => {
	for (const link of [
		{ ...equal('old:A', 'new:A'), agreed_at_id: null },
		{ ...equal('old:A', 'new:A'), relation: 'overlaps' as const }
	]) {
		expect(joined([link], ['old:A'], ['new:A'])).toEqual(new Map());
	}
});

test('each element of a plan continues itself', () => {
	expect(joined([], ['p:A', 'p:B'], ['p:A', 'p:B'])).toEqual(
		new Map([
			['p:A', ['p:A']],
			['p:B', ['p:B']]
		])
	);
});

test('a tree reads from the top down, siblings by position and then by code', () => {
	const node = (code: string, parent_id: string | null, position: number | null) => ({
		id: code,
		code,
		parent_id,
		position
	});
	const nodes = [
		node('SO10', null, null),
		node('SO2', null, null),
		node('SG', null, 1),
		node('a', 'SO2', null)
	];
	expect(treeOrder(nodes).map(({ id, depth }) => `${depth}${id}`)).toEqual(['0SG', '0SO2', '1a', '0SO10']);
});
