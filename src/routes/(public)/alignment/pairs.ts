type Link = {
	from_plan_id: string | null;
	to_plan_id: string | null;
	from_plan: string | null;
	to_plan: string | null;
};

/** The name of a pair of plans in the address, whichever way the link runs. */
export function pairOf({ from_plan_id, to_plan_id }: Pick<Link, 'from_plan_id' | 'to_plan_id'>) {
	return [from_plan_id ?? '', to_plan_id ?? ''].sort().join('..');
}

/** Every pair of plans that links join, with how many. */
export function pairs(links: readonly Link[]) {
	return [...Map.groupBy(links, pairOf)]
		.map(([value, of]) => ({
			value,
			label: `${of[0]!.from_plan ?? of[0]!.from_plan_id} and ${of[0]!.to_plan ?? of[0]!.to_plan_id} (${of.length})`
		}))
		.sort((a, b) => (a.label < b.label ? -1 : 1));
}
