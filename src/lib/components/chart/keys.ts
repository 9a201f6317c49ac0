import type { Live } from '#lib/charts/outputs/chartjs.ts';

/** A mark: its dataset and index. */
export type Mark = readonly [number, number];

/**
 * The mark an arrow leads to from the one at hand, in the order the chart is read. Undefined where the key means nothing
 * or there is nothing further that way.
 */
export function onward(
	{ groups, across }: Pick<Live, 'groups' | 'across'>,
	from: Mark | null,
	key: string
): Mark | undefined {
	if (key === 'Home') return groups[0]?.[0];
	if (key === 'End') return groups.at(-1)?.[0];
	const [next, within] = across ? [sideways[key], upright[key]] : [upright[key], sideways[key]];
	const by = next ?? within;
	if (by === undefined) return undefined;
	if (!from) return groups[0]?.[0];
	const g = groups.findIndex((group) => group.some((mark) => same(mark, from)));
	const group = groups[g] ?? [];
	// Where there is but one group, or groups of one, both pairs of arrows lead along what there is.
	if (groups.length === 1) return step(group, from, by);
	if (next === undefined && group.length > 1) return step(group, from, across ? -by : by);
	return neighbour(groups, g, from, by);
}

const sideways: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
const upright: Record<string, number> = { ArrowUp: -1, ArrowDown: 1 };

/** The same series in the next group, or what is nearest to it there. */
function neighbour(
	groups: readonly [number, number][][],
	g: number,
	from: Mark,
	by: number
): Mark | undefined {
	const group = groups[g + by];
	return group?.reduce((best, mark) =>
		Math.abs(mark[0] - from[0]) < Math.abs(best[0] - from[0]) ? mark : best
	);
}

function step(group: readonly [number, number][], from: Mark, by: number): Mark | undefined {
	return group[group.findIndex((mark) => same(mark, from)) + by];
}

const same = (a: Mark, b: Mark) => a[0] === b[0] && a[1] === b[1];
