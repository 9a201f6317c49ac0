import { sql } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import type { PlanElementTable } from '#db/schema.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { treeOrder } from '#lib/domain/order.ts';
import { fold } from '#lib/domain/text.ts';
import { planRoles, type PlanLevel } from '#lib/domain/words.ts';

export type Plan = Awaited<ReturnType<typeof list>>[number];
export type Element = PlanElementTable & { depth: number };

const plansOf = (db: Reader) =>
	db
		.selectFrom('plan as p')
		.selectAll('p')
		.select((eb) =>
			eb
				.selectFrom('plan_element as e')
				.whereRef('e.plan_id', '=', 'p.id')
				.select((eb) => eb.fn.countAll<number>().as('n'))
				.$asScalar()
				.$notNull()
				.as('elements')
		);

/** Every plan: tracked ones first, the regional before the others, newer before older. */
export async function list(db: Reader) {
	return (await plansOf(db).execute()).sort(byStanding);
}

type Placed = { id: string; role: string | null; level: string; starts_on: string | null };

const place = (list: readonly string[], word: string | null) =>
	word === null ? list.length : list.indexOf(word);

function byStanding(a: Placed, b: Placed) {
	return (
		place(planRoles, a.role) - place(planRoles, b.role) ||
		place(levels, a.level) - place(levels, b.level) ||
		compare(b.starts_on ?? '', a.starts_on ?? '') ||
		compare(a.id, b.id)
	);
}

/** Nearest to the region first: regional, implementation, global, programme. */
const levels: readonly PlanLevel[] = ['regional', 'implementation', 'global', 'programme'];

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export async function find(db: Reader, id: string) {
	return canExist(id) ? plansOf(db).where('p.id', '=', id).executeTakeFirst() : undefined;
}

export async function get(db: Reader, id: string) {
	const plan = await find(db, id);
	if (!plan) throw new NotFound(`There is no plan "${id}".`);
	return plan;
}

/** The plan shown when none is asked for: tracked and regional, else the first tracked, else the first. Undefined when there is none. */
export async function current(db: Reader): Promise<Plan | undefined> {
	return (await list(db))[0];
}

/** A plan's elements, each after its parent, with its depth in the tree. */
export async function elements(db: Reader, plan_id: string): Promise<Element[]> {
	return treeOrder(await db.selectFrom('plan_element').selectAll().where('plan_id', '=', plan_id).execute());
}

/** An element by its code or an alias, with what is above and directly below it. */
export async function element(db: Reader, plan_id: string, name: string) {
	const all = await elements(db, plan_id);
	const found = all.find(({ code }) => code === name) ?? all.find((each) => goesBy(each, fold(name)));
	if (!found) throw new NotFound(`The plan "${plan_id}" has no element "${name}".`);
	return {
		...found,
		ancestors: above(found, all),
		children: all.filter(({ parent_id }) => parent_id === found.id)
	};
}

function goesBy({ code, aliases }: Element, folded: string) {
	return [code, ...(aliases ?? '').split('|')].some((name) => fold(name) === folded && folded !== '');
}

function above(element: Element, all: readonly Element[]): Element[] {
	const parent = all.find(({ id, depth }) => id === element.parent_id && depth < element.depth);
	return parent ? [...above(parent, all), parent] : [];
}

/** Elements nobody serves: no initiative, main or contributing, at them or anywhere below. */
export async function unserved(db: Reader, plan_id: string): Promise<Element[]> {
	const all = await elements(db, plan_id);
	const { rows } = await sql<{ id: string }>`
		with recursive served(id, parent_id) as (
			select e.id, e.parent_id from plan_element e
				where exists (select 1 from contribution c where c.element_id = e.id)
			union
			select e.id, e.parent_id from served join plan_element e on e.id = served.parent_id
		)
		select distinct served.id from served join plan_element e on e.id = served.id where e.plan_id = ${plan_id}
	`.execute(db);
	const served = new Set(rows.map(({ id }) => id));
	return all.filter(({ id }) => !served.has(id));
}

export type Served = { main: number; contributing: number };

/**
 * How many initiatives serve each element, by element id: `main` at it or below, and those that only contribute.
 * Each initiative once per element, however many ways lead there.
 */
export async function servedCounts(db: Reader, plan_id: string): Promise<Map<string, Served>> {
	const counts = new Map((await elements(db, plan_id)).map(({ id }) => [id, { main: 0, contributing: 0 }]));
	const main = await db
		.selectFrom('initiative_scope as s')
		.innerJoin('plan_element as e', 'e.id', 's.scope_id')
		.select((eb) => ['s.scope_id as id', eb.fn.countAll<number>().as('n')])
		.where('e.plan_id', '=', plan_id)
		.groupBy('s.scope_id')
		.execute();
	for (const { id, n } of main) counts.get(id)!.main = n;

	const { rows } = await sql<{ id: string; n: number }>`
		with recursive below(top, id) as (
			select id, id from plan_element where plan_id = ${plan_id}
			union
			select below.top, e.id from below join plan_element e on e.parent_id = below.id
		)
		select below.top as id, count(distinct c.initiative_id) as n from below
			join contribution c on c.element_id = below.id and c.role = 'contributing'
			left join initiative_scope s on s.initiative_id = c.initiative_id and s.scope_id = below.top
			where s.scope_id is null
			group by below.top
	`.execute(db);
	for (const { id, n } of rows) counts.get(id)!.contributing = n;
	return counts;
}

/** The plan elements that can have a coordinator: the tracked plans' own, newest plan first. */
export function coordinated(db: Reader) {
	return db
		.selectFrom('plan_element as e')
		.innerJoin('plan as p', 'p.id', 'e.plan_id')
		.select(['e.id', 'e.code', 'e.title', 'p.id as plan_id', 'p.title as plan'])
		.where('p.role', '=', 'tracked')
		.where('e.kind', 'in', ['goal', 'focus_area', 'objective', 'process'])
		.orderBy('p.starts_on', 'desc')
		.orderBy('p.id')
		.orderBy('e.position')
		.orderBy('e.code')
		.execute();
}
