export type Count = { count: number; unit: string; mode: string | null; qualifier: string | null };

const before = ['more than', 'up to', 'about', 'at least'];

/** "more than 25 Members", "17 Members in person", "24 Members, including online". */
export function sayCount({ count, unit, mode, qualifier }: Count) {
	const what =
		unit === 'members' ? (count === 1 ? 'Member' : 'Members') : count === 1 ? 'participant' : 'participants';
	const number = `${qualifier && before.includes(qualifier) ? `${qualifier} ` : ''}${count} ${what}`;
	const after = [mode, qualifier && !before.includes(qualifier) ? qualifier : null]
		.filter(Boolean)
		.join(', ');
	return after ? `${number}, ${after}` : number;
}

/** Do sources give different numbers for the same thing, counted the same way? */
export function disagree(attendance: readonly Count[]) {
	const of = Map.groupBy(attendance, ({ unit }) => unit);
	return [...of.values()].some((counts) => new Set(counts.map(({ count }) => count)).size > 1);
}
