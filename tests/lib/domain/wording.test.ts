import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fault, fill, longest, plain, type Figures } from '#lib/domain/wording.ts';

const figures: Figures = {
	up: { value: 5, words: '5', href: '/initiatives?moved=up', label: 'Moved up' },
	down: { value: 1, words: '1', href: '/initiatives?moved=down', label: 'Moved down' },
	ended: { value: 0, words: '0', href: null, label: 'Ended' },
	within: { value: null, words: '+3 points', href: '/method#movement', label: 'Within' }
};

test('a figure stands in the words as a link to its list', () => {
	expect(fill('In all {up} moved up.', figures)).toEqual([
		[{ text: 'In all ' }, { text: '5', figure: 'up', href: '/initiatives?moved=up' }, { text: ' moved up.' }]
	]);
});

test('the same words say other figures when the figures are others', () => {
	const words = '{up initiatives} moved up, {down} down.\nWithin: {within}.';
	expect(plain(words, figures)).toBe('5 initiatives moved up, 1 down.\nWithin: +3 points.');
	const later = { ...figures, up: { ...figures.up!, value: 1, words: '1' } };
	expect(plain(words, later)).toBe('1 initiative moved up, 1 down.\nWithin: +3 points.');
});

test('none is said as a word, and a sentence begins with a capital', () => {
	expect(plain('{ended initiatives} ended. {ended initiatives} again: {ended initiatives}.', figures)).toBe(
		'No initiatives ended. No initiatives again: no initiatives.'
	);
	expect(plain('{down Members}', figures)).toBe('1 Member');
});

test('words that ask for a figure there is not, or forget a brace, are refused in a sentence', () => {
	expect(fault('{up} and {upp}', figures)).toBe(
		'There is no figure called "upp". Take one from the list, or leave the braces out.'
	);
	expect(fault('{constructor}', figures)).toContain('no figure called "constructor"');
	for (const broken of ['{up', 'up}', '{}', '{ up }', '{{up}}', '{up apples}'])
		expect(fault(broken, figures)).toContain('Close each brace');
	expect(fault('a'.repeat(longest + 1), figures)).toContain('3,001');
	expect(fault('Plain words.', figures)).toBeUndefined();
	expect(fault('{up initiatives} of {down}', figures)).toBeUndefined();
});

test('whatever is written, words without a fault keep all their words', () => {
	fc.assert(
		fc.property(
			fc.array(fc.oneof(fc.constantFrom('{up}', '{down initiatives}', '\n', '. '), fc.string())),
			(parts) => {
				const words = parts.join('');
				if (fault(words, figures) !== undefined) return;
				const left = words.replace(/\{[^}]*\}/g, '').replace(/\s+/g, '');
				const kept = fill(words, figures)
					.flat()
					.filter(({ figure }) => figure === undefined)
					.map(({ text }) => text)
					.join('')
					.replace(/\s+/g, '');
				expect(kept).toBe(left);
			}
		)
	);
});
