import { expect, test } from 'vitest';
import { byDueDate } from '#lib/domain/order.ts';
import { byRule } from '#lib/domain/timing.ts';

const today = '2023-05-01';
const milestone = (due_on: string | null, done_on: string | null = null) => ({ due_on, done_on });
const rule = (target_on: string | null, milestones: ReturnType<typeof milestone>[] = [], finished = false) =>
	byRule({ target_on, milestones }, today, finished);

test('the target day itself is still in time, the day after it is not', () => {
	expect(rule('2023-05-01')).toBe('on_track');
	expect(rule('2023-04-30')).toBe('off_track');
	expect(rule('2023-04-30', [], true)).toBe('on_track');
});

test('a milestone that has passed and is not done is a risk', () => {
	expect(rule('2024-01-01', [milestone('2023-04-30')])).toBe('at_risk');
	expect(rule('2024-01-01', [milestone('2023-05-01')])).toBe('on_track');
	expect(rule('2024-01-01', [milestone('2023-04-30', '2023-05-01')])).toBe('on_track');
	expect(rule(null, [milestone('2023-04-30', '2023-06-01')])).toBe('at_risk');
	expect(rule('2023-04-01', [milestone('2023-04-30')])).toBe('off_track');
});

test('without a date there is nothing to judge by', () => {
	expect(rule(null)).toBeNull();
	expect(rule(null, [milestone(null)])).toBeNull();
	expect(rule(null, [milestone('2023-06-01')])).toBe('on_track');
});

test('rounds due on one day stand in the order of their ids', () => {
	const due = (id: string, due_on: string) => ({ id, due_on });
	const rounds = [due('b', '2023-01-01'), due('a', '2023-01-01'), due('c', '2022-01-01')];
	expect(rounds.sort(byDueDate).map(({ id }) => id)).toEqual(['c', 'a', 'b']);
});
