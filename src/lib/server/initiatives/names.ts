import type { Reader } from '#db/open.server.ts';
import * as plans from '../plans.ts';
import type { Asked } from './asked.ts';

/** What the values of a filter are called, and which elements a list can be narrowed to. */
export type Names = Awaited<ReturnType<typeof read>>;

export async function read(db: Reader, asked: Asked) {
	const plan_id = await planOf(db, asked);
	const entities = await db.selectFrom('entity').select(['id', 'name', 'subregion']).execute();
	return {
		plan: new Map((await plans.list(db)).map(({ id, short_title }) => [id, short_title])),
		/** Of the plan in question, in its order: the elements of all plans at once would help nobody. */
		element: new Map(plan_id ? (await plans.elements(db, plan_id)).map(({ id, title }) => [id, title]) : []),
		entity: new Map(entities.map(({ id, name }) => [id, name])),
		subregionOf: new Map(entities.map(({ id, subregion }) => [id, subregion]))
	};
}

async function planOf(db: Reader, { filters: { plan, element, role } }: Asked) {
	if (role === 'contributing') return undefined; // the elements counted are those mainly served
	if (plan !== undefined || element === undefined) return plan;
	const found = await db
		.selectFrom('plan_element')
		.select('plan_id')
		.where('id', '=', element)
		.executeTakeFirst();
	return found?.plan_id;
}
