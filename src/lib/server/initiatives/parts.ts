import type { Reader } from '#db/open.server.ts';

/** What an initiative serves, with the element and its plan: main contributions first. */
export function contributions(db: Reader, initiative_id: string) {
	return db
		.selectFrom('contribution as c')
		.innerJoin('plan_element as e', 'e.id', 'c.element_id')
		.innerJoin('plan as p', 'p.id', 'e.plan_id')
		.select([
			'c.element_id',
			'c.role',
			'c.certainty',
			'e.plan_id',
			'e.code',
			'e.title',
			'p.short_title as plan'
		])
		.where('c.initiative_id', '=', initiative_id)
		.orderBy('c.role', 'desc')
		.orderBy('c.element_id')
		.execute();
}

export function milestones(db: Reader, initiative_id: string) {
	return db
		.selectFrom('milestone')
		.select(['id', 'title', 'due_on', 'done_on'])
		.where('initiative_id', '=', initiative_id)
		.orderBy('due_on', (o) => o.asc().nullsLast())
		.orderBy('id')
		.execute();
}

/** Its indicators, each with what was observed, oldest first. */
export async function indicators(db: Reader, initiative_id: string) {
	const rows = await db
		.selectFrom('indicator')
		.selectAll()
		.where('initiative_id', '=', initiative_id)
		.orderBy('id')
		.execute();
	const observed = await db
		.selectFrom('observation as o')
		.innerJoin('indicator as i', 'i.id', 'o.indicator_id')
		.selectAll('o')
		.where('i.initiative_id', '=', initiative_id)
		.orderBy('o.as_of')
		.orderBy('o.entity_id')
		.execute();
	const of = Map.groupBy(observed, ({ indicator_id }) => indicator_id);
	return rows.map((row) => ({ ...row, observations: of.get(row.id) ?? [] }));
}

/** Every address its story rests on, once each: of the initiative itself, then of what was said, oldest first. */
export async function evidence(db: Reader, initiative_id: string) {
	const own = await db
		.selectFrom('initiative')
		.select('source_url')
		.where('id', '=', initiative_id)
		.where('source_url', 'is not', null)
		.execute();
	const said = await db
		.selectFrom('status_update as u')
		.innerJoin('meeting as m', 'm.id', 'u.meeting_id')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.select(['u.source_url', 'm.id as meeting_id', 'm.title as meeting'])
		.where('u.initiative_id', '=', initiative_id)
		.where('u.source_url', 'is not', null)
		.where((eb) => eb.or([eb('s.state', 'is', null), eb('s.state', '<>', 'draft')]))
		.orderBy('u.recorded_at')
		.execute();
	const links = new Map<string, { url: string; meeting_id: string | null; meeting: string | null }>();
	for (const { source_url } of own)
		links.set(source_url!, { url: source_url!, meeting_id: null, meeting: null });
	for (const { source_url, ...at } of said)
		if (!links.has(source_url!)) links.set(source_url!, { url: source_url!, ...at });
	return [...links.values()];
}
