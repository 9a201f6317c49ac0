import { number } from '../../sentence.ts';
import type { BarsSpec, Panel } from '../../spec.ts';
import { bar, hatching, line, narrowFrom, text, titled, type Drawing } from './marks.ts';
import { wrap } from './text.ts';

const size = 12;

/** Lying bars over things with long names: the name on its own lines, the bar below it. */
export function rows(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	let y = 0;
	const body = panel.categories.map((category, i) => {
		const parts = spec.series.map((series, s) => ({ series, value: panel.values[s]?.[i] ?? 0 }));
		const sum = parts.reduce((n, { value }) => n + value, 0);
		const said = parts.map(({ series, value }) => `${number(value)} ${series.label.toLowerCase()}`);
		const names = wrap(
			[category.label, category.detail].filter(Boolean).join(' · '),
			narrowFrom - 6,
			size,
			2
		);
		const name = names.map((words, l) =>
			text(words, { x: 0, y: y + 12 + l * 15, class: sum === 0 ? 'b' : '' })
		);
		const at = y + names.length * 15 + 2;
		let x = 0;
		const bars = parts.map(({ series, value }) => {
			if (value === 0) return '';
			const width = (value / Math.max(top, 1)) * 80;
			x += width;
			return bar(
				{ x: x - width, y: at, width, height: 10 },
				series,
				uid,
				value,
				`${category.label}: ${said.join(', ')}`
			);
		});
		const added = parts.slice(1).filter(({ value }) => value > 0);
		const figure = [parts[0]!, ...added].map(({ value }) => number(value)).join(' + ');
		const end =
			sum === 0
				? line(0, at + 5, 80, at + 5, 'none') + text('None', { x: 100, y: at + 9, anchor: 'end', class: 'b' })
				: text(figure, { x: x, dx: 6, y: at + 9, class: 's' });
		y = at + 26;
		return `<g>${titled(`${category.label} ${category.detail ?? ''}: ${said.join(', ')}`)}${name.join('')}${bars.join('')}${end}</g>`;
	});
	return {
		height: y,
		body: (spec.series.some(({ texture }) => texture === 'hatched') ? hatching(uid) : '') + body.join('')
	};
}
