import type { Reader } from '#db/open.server.ts';

export type Alignment = Awaited<ReturnType<typeof list>>[number];

/** Every link between plans or their elements, with what is at either end. */
export function list(db: Reader) {
	return linksOf(db).execute();
}

/** Links with both ends in the given plans. */
export async function between(db: Reader, plan_ids: readonly string[]) {
	const within = (plan_id: string | null) => plan_id !== null && plan_ids.includes(plan_id);
	const links = await list(db);
	return links.filter(({ from_plan_id, to_plan_id }) => within(from_plan_id) && within(to_plan_id));
}

function linksOf(db: Reader) {
	return db
		.selectFrom('alignment as a')
		.leftJoin('plan_element as fe', 'fe.id', 'a.from_id')
		.leftJoin('plan_element as te', 'te.id', 'a.to_id')
		.leftJoin('plan as fp', (join) =>
			join.on((eb) => eb('fp.id', '=', eb.fn.coalesce('fe.plan_id', 'a.from_id')))
		)
		.leftJoin('plan as tp', (join) =>
			join.on((eb) => eb('tp.id', '=', eb.fn.coalesce('te.plan_id', 'a.to_id')))
		)
		.leftJoin('meeting as m', 'm.id', 'a.agreed_at_id')
		.selectAll('a')
		.select(['fe.code as from_code', 'te.code as to_code', 'fp.id as from_plan_id', 'tp.id as to_plan_id'])
		.select(['fp.short_title as from_plan', 'tp.short_title as to_plan', 'm.title as agreed_at'])
		.select((eb) => [
			eb.fn.coalesce('fe.title', 'fp.title').as('from_title'),
			eb.fn.coalesce('te.title', 'tp.title').as('to_title')
		])
		.orderBy('a.id');
}
