import { expect, test } from 'vitest';
import { enlarge } from '#lib/charts/outputs/svg/enlarge.ts';
import { inline, pictures } from '#lib/charts/outputs/svg.ts';
import { stages } from '#lib/charts/stages.ts';
import { setting, worked } from './rows.ts';

test('what is in pixels grows, what is in percent stays', () => {
	expect(enlarge('<rect x="12.5%" y="10" width="40%" height="20" data-n="7"/>', 2)).toBe(
		'<rect x="12.5%" y="20" width="40%" height="40" data-n="7"/>'
	);
	expect(enlarge('<text x="50%" dx="-6" y="14.5" class="s">y="3" stays</text>', 2)).toBe(
		'<text x="50%" dx="-12" y="29" class="s">y="3" stays</text>'
	);
	expect(enlarge('<circle r="5.5" cx="3%" cy="4"/>', 2)).toBe('<circle r="11" cx="3%" cy="8"/>');
});

test('paths grow, but for the angle and flags of their arcs', () => {
	expect(enlarge('<path d="M0 0V-6A6 6 0 0 1 6 0z"/>', 2)).toBe('<path d="M0 0V-12A12 12 0 0 1 12 0z"/>');
	expect(enlarge('<path d="M3-7h6M0-7V7"/>', 2)).toBe('<path d="M6-14h12M0-14V14"/>');
	expect(enlarge('<path d="M.5 1.25l-.5-.25" class="d"/>', 4)).toBe('<path d="M2 5l-2-1" class="d"/>');
});

test('a whole chart keeps its figures and its words', () => {
	const drawn = inline(pictures(stages(worked, [], setting))[0]!);
	const large = enlarge(drawn, 2.2);
	const figures = (markup: string) => [...markup.matchAll(/data-n="(\d+)"/g)].map(([, n]) => n);
	const words = (markup: string) => [...markup.matchAll(/>([^<]+)</g)].map(([, text]) => text);
	expect(figures(large)).toEqual(figures(drawn));
	expect(words(large)).toEqual(words(drawn));
	const height = (markup: string) => Number(/^<svg[^>]* height="([\d.]+)"/.exec(markup)![1]);
	expect(height(large)).toBeCloseTo(height(drawn) * 2.2, 1);
});
