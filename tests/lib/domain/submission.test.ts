import { expect, test } from 'vitest';
import { answerStates, move, moves, table } from '#lib/domain/submission.ts';

test('an answer is submitted, returned, submitted again and accepted', () => {
	expect(move('none', 'submit')).toBe('submitted');
	expect(move('submitted', 'return')).toBe('returned');
	expect(move('returned', 'submit')).toBe('submitted');
	expect(move('submitted', 'accept')).toBe('accepted');
	expect(move('accepted', 'submit')).toBe('submitted');
	expect(move('excused', 'submit')).toBe('submitted');
});

test('every other move is refused with a sentence', () => {
	for (const state of answerStates)
		for (const what of moves) if (!table[state][what]) expect(() => move(state, what)).toThrow(/^[A-Z].*\.$/);
	expect(() => move('submitted', 'excuse')).toThrow('needs no excuse');
	expect(() => move('none', 'accept')).toThrow('no submitted answer');
});
