import type { BarsSpec, Panel } from '../../spec.ts';
import type { Frame } from './columns.ts';
import { escape } from './text.ts';
import { r } from './marks.ts';

/** How wide the names beside a drawing are, in pixels. */
export const namesWidth = 150;

/** The series named beside the last column, each at its place in it: no legend has to be read. */
export function names(
	spec: BarsSpec,
	panel: Panel,
	{ head, base, scale }: Pick<Frame, 'head' | 'base' | 'scale'>
) {
	const last = panel.categories.length - 1;
	let y = base;
	const placed = spec.series
		.map((series, s) => {
			const height = (panel.values[s]?.[last] ?? 0) * scale;
			y -= height;
			return { series, y: y + height / 2, used: (panel.values[s] ?? []).some((n) => (n ?? 0) > 0) };
		})
		.filter(({ used }) => used)
		.reverse();
	const places = dodge(
		placed.map(({ y }) => y),
		15,
		head,
		base - 2
	);
	return placed
		.map(({ series, y }, i) => {
			const label = series.shape ? `${series.shape} ${series.label}` : series.label;
			return `<path class="lead" d="M0 ${r(y)}L10 ${r(places[i]!)}h4"/><text x="18" y="${r(places[i]! + 4)}">${escape(label)}</text>`;
		})
		.join('');
}

/**
 * Moves labels apart that would touch, in order, as little as can be: those that touch become a group around the middle
 * of where they wanted to be.
 */
export function dodge(wanted: readonly number[], gap: number, top: number, bottom: number) {
	type Group = { sum: number; count: number; first: number };
	const groups: Group[] = [];
	wanted.forEach((y, i) => {
		groups.push({ sum: y - i * gap, count: 1, first: i });
		while (groups.length > 1) {
			const [a, b] = groups.slice(-2) as [Group, Group];
			if (a.sum / a.count <= b.sum / b.count) break;
			groups.splice(-2, 2, { sum: a.sum + b.sum, count: a.count + b.count, first: a.first });
		}
	});
	const room = Math.max(bottom - top - (wanted.length - 1) * gap, 0);
	return groups.flatMap(({ sum, count, first }) =>
		Array.from(
			{ length: count },
			(_, k) => top + Math.min(Math.max(sum / count - top, 0), room) + (first + k) * gap
		)
	);
}
