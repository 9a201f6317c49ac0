type Node = { id: string; parent_id: string | null };

/**
 * The layer of a plan that its figures are shown by: the topmost with more than one element. A plan under a single goal
 * is shown by what lies below that goal.
 */
export function mainLayer<E extends Node>(elements: readonly E[]): E[] {
	const ids = new Set(elements.map(({ id }) => id));
	let layer = elements.filter(({ parent_id }) => parent_id === null || !ids.has(parent_id));
	while (layer.length === 1) {
		const below = elements.filter(({ parent_id }) => parent_id === layer[0]!.id);
		if (below.length === 0) break;
		layer = below;
	}
	return layer;
}
