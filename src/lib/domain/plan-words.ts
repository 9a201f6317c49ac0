import { say, type PlanLevel, type PlanRole, type Relation } from './words.ts';

/** What a plan is to this region's work, in the order shown: heading and one sentence. */
export const roles: readonly { role: PlanRole | null; title: string; about: string }[] = [
	{
		role: 'tracked',
		title: 'Tracked plans',
		about: 'The plans the region steers by. Progress is measured against them.'
	},
	{ role: 'fallback', title: 'Fallbacks', about: 'Read where a tracked plan could not be found.' },
	{ role: 'predecessor', title: 'Plans before them', about: 'What the tracked plans follow on from.' },
	{ role: 'successor', title: 'Plans after them', about: 'What follows on from the tracked plans.' },
	{
		role: 'adjacent',
		title: 'Neighbouring plans',
		about: 'Work programmes of regional bodies and projects.'
	},
	{ role: 'historic', title: 'Older plans', about: 'Kept for the record.' },
	{ role: null, title: 'Other plans', about: 'Nobody has said yet what these are to the region.' }
];

export const levelName: Record<PlanLevel, string> = {
	global: 'Global plan',
	implementation: 'Yearly implementation plan',
	regional: 'Regional plan',
	programme: 'Work programme'
};

/** What an element is: the plan's own word where it has one. */
export function kindName(element: { kind: string; published_level: string | null }) {
	return element.published_level ?? say(element.kind);
}

/** Are all of a plan's elements our own reading, because its text was not found? */
export function isScaffold(elements: readonly { certainty: string | null }[]) {
	return elements.length > 0 && elements.every(({ certainty }) => certainty === 'inferred');
}

/** An alignment as a sentence: "FA1 supports SO1", and from the other end: "SO1 is supported by FA1". */
const onward: Record<Relation, string> = {
	equal: 'is the same as',
	part_of: 'is part of',
	contains: 'contains',
	overlaps: 'overlaps with',
	supports: 'supports',
	succeeds: 'follows on from'
};
const backward: Record<Relation, string> = {
	equal: 'is the same as',
	part_of: 'contains',
	contains: 'is part of',
	overlaps: 'overlaps with',
	supports: 'is supported by',
	succeeds: 'is followed by'
};

export function relationPhrase(relation: Relation, direction: 'onward' | 'backward' = 'onward') {
	return (direction === 'onward' ? onward : backward)[relation];
}

/** What the elements of a layer are called together: "focus areas", or "parts" where they are of several kinds. */
export function layerName(elements: readonly { kind: string }[]) {
	const kinds = new Set(elements.map(({ kind }) => kind));
	if (kinds.size !== 1) return 'parts of the plan';
	const word = say([...kinds][0]!).toLowerCase();
	return word.endsWith('s') ? `${word}es` : `${word}s`;
}
