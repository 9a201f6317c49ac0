import { number } from '../../sentence.ts';
import type { BarsSpec, Panel } from '../../spec.ts';
import { bar, fitted, hatching, line, narrowFrom, text, titled, type Drawing } from './marks.ts';

const pitch = 38;

/** Lying bars over things with long names: the name on its own line, the bar below it. */
export function rows(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	const room = { wide: 420, narrow: narrowFrom - 4 };
	const body = panel.categories.map((category, i) => {
		const y = i * pitch;
		const parts = spec.series.map((series, s) => ({ series, value: panel.values[s]?.[i] ?? 0 }));
		const sum = parts.reduce((n, { value }) => n + value, 0);
		const name = [category.label, category.detail].filter(Boolean).join('  ');
		const said = parts
			.filter(({ value }) => value > 0)
			.map(({ series, value }) => `${number(value)} ${series.label.toLowerCase()}`);
		let x = 0;
		const bars = parts.map(({ series, value }) => {
			if (value === 0) return '';
			const width = (value / Math.max(top, 1)) * 86;
			x += width;
			return bar(
				{ x: x - width, y: y + 19, width, height: 9 },
				series,
				uid,
				value,
				`${category.label}: ${number(value)} ${series.label.toLowerCase()}`
			);
		});
		const none = sum === 0 ? line(0, y + 23.5, 86, y + 23.5, 'none') : '';
		const end =
			sum === 0
				? text('None', { x: 100, y: y + 28, anchor: 'end', class: 'b' })
				: text(number(sum), { x: 100, y: y + 28, anchor: 'end' });
		return `<g>${titled(`${name}: ${said.join(', ') || 'none'}`)}${fitted(name, room, 12, { x: 0, y: y + 12, class: sum === 0 ? 'b' : '' })}${bars.join('')}${none}${end}</g>`;
	});
	return { height: panel.categories.length * pitch, body: hatching(uid) + body.join('') };
}
