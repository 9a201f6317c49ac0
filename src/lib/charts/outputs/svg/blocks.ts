import { number } from '../../sentence.ts';
import type { BarsSpec, Panel } from '../../spec.ts';
import { bar, text, type Drawing } from './marks.ts';

const pitch = 23;
/** What belongs together is set apart a little from what follows. */
const gap = 9;

/** One bar for each series, for what is no sum: one thing can be in several. */
export function blocks(spec: BarsSpec, panel: Panel, top: number, uid: string): Drawing {
	const body = spec.series.map((series, s) => {
		const value = panel.values[s]?.[0] ?? 0;
		const y = s * pitch + (s >= 3 ? gap : 0);
		const width = (value / Math.max(top, 1)) * 46;
		const label = series.shape ? `${series.label} ${series.shape}` : series.label;
		const said = `${panel.title}: ${number(value)} ${series.label.toLowerCase()}`;
		return (
			text(label, { x: 42, y: y + 15, anchor: 'end', class: value === 0 ? 's' : '' }) +
			bar({ x: 44, y: y + 4, width, height: 15 }, series, uid, value, said) +
			text(number(value), { x: 44 + width, dx: 6, y: y + 15, class: value === 0 ? 's' : 'b' })
		);
	});
	return { height: spec.series.length * pitch + gap, body: body.join('') };
}
