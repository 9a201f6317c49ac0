type Dated = { id: string; due_on: string };

/** Rounds are ordered by due date over all series. */
export function byDueDate(a: Dated, b: Dated) {
	return a.due_on < b.due_on || (a.due_on === b.due_on && a.id < b.id) ? -1 : 1;
}

type Node = { id: string; parent_id: string | null; position: number | null; code: string };

const collator = new Intl.Collator('en', { numeric: true });

/** A tree's nodes from the top down, each before its children, siblings by position and then by code; with their depth. */
export function treeOrder<N extends Node>(nodes: readonly N[]): (N & { depth: number })[] {
	const children = new Map<string | null, N[]>();
	for (const node of nodes) children.set(node.parent_id, [...(children.get(node.parent_id) ?? []), node]);
	const place = ({ position }: N) => position ?? Number.MAX_SAFE_INTEGER;
	const bySibling = (a: N, b: N) => place(a) - place(b) || collator.compare(a.code, b.code);
	const below = (parent_id: string | null, depth: number): (N & { depth: number })[] =>
		(children.get(parent_id) ?? [])
			.sort(bySibling)
			.flatMap((node) => [{ ...node, depth }, ...below(node.id, depth + 1)]);
	return below(null, 0);
}
