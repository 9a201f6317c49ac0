import { sum, type Tally } from './tally.ts';
import type { Relation } from './words.ts';

type Link = { from_id: string; to_id: string; relation: Relation; agreed_at_id: string | null };

/**
 * Over a plan's renewal only links a meeting has agreed as `equal` continue a line. Gives, for each element of the old
 * plan, the elements of the new one that continue it.
 */
export function continuing(links: readonly Link[]): Map<string, string[]> {
	const onward = new Map<string, string[]>();
	for (const { from_id, to_id, relation, agreed_at_id } of links) {
		if (relation !== 'equal' || agreed_at_id === null) continue;
		onward.set(from_id, [...(onward.get(from_id) ?? []), to_id]);
	}
	return onward;
}

/** The old plan's figures under the new plan's elements. What nothing continues is listed as ended. */
export function carryOver(tallies: ReadonlyMap<string, Tally>, links: readonly Link[]) {
	const onward = continuing(links);
	const gathered = new Map<string, Tally[]>();
	for (const [element_id, tally] of tallies) {
		for (const next of onward.get(element_id) ?? [])
			gathered.set(next, [...(gathered.get(next) ?? []), tally]);
	}
	return {
		continued: new Map([...gathered].map(([element_id, parts]) => [element_id, sum(parts)])),
		ended: [...tallies.keys()].filter((element_id) => !onward.has(element_id))
	};
}
