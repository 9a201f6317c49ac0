import type { Relation } from './words.ts';

type Link = { from_id: string; to_id: string; relation: Relation; agreed_at_id: string | null };

/** Over a plan's renewal only links a meeting has agreed as `equal` continue a line; read in either direction. */
function equals(links: readonly Link[]): Map<string, string[]> {
	const others = new Map<string, string[]>();
	for (const { from_id, to_id, relation, agreed_at_id } of links) {
		if (relation !== 'equal' || agreed_at_id === null) continue;
		others.set(from_id, [...(others.get(from_id) ?? []), to_id]);
		others.set(to_id, [...(others.get(to_id) ?? []), from_id]);
	}
	return others;
}

/**
 * For each element of the later plan, those of the earlier one that it continues: directly, or through the plans in
 * between, for what is equal stays equal over two renewals. What continues nothing is not in it.
 */
export function joined(
	links: readonly Link[],
	earlier: Iterable<string>,
	later: Iterable<string>
): Map<string, string[]> {
	const others = equals(links);
	const wanted = new Set(earlier);
	const found = new Map<string, string[]>();
	for (const id of later) {
		const reached = new Set([id]);
		for (const one of reached) for (const other of others.get(one) ?? []) reached.add(other);
		const continued = [...reached].filter((one) => wanted.has(one));
		if (continued.length > 0) found.set(id, continued);
	}
	return found;
}
