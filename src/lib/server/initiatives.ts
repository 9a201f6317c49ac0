import { sql } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import type { Filters, ListRequest } from '#lib/domain/schemas/filters.ts';
import { settle } from './initiatives/asked.ts';
import * as facets from './initiatives/facets.ts';
import { found } from './initiatives/found.ts';
import * as listed from './initiatives/listed.ts';
import * as parts from './initiatives/parts.ts';
import * as rows from './initiatives/rows.ts';

export type { Facets, FacetCount } from './initiatives/facets.ts';
export type { Listed } from './initiatives/listed.ts';
export type { Row } from './initiatives/rows.ts';

/** Rows on a page of a list. */
export const pageSize = 50;

/**
 * A page of the initiatives asked for, how many there are in all, and how many there would be for every value of every
 * filter. As soon as something about a meeting is asked, a row is an expectation: an initiative asked of an entity, so
 * that a list has as many rows as the figure that led to it.
 */
export async function search(
	db: Reader,
	filters: Filters,
	{
		sort = 'title',
		page = 1,
		limit = pageSize
	}: Partial<Omit<ListRequest, 'filters'>> & { limit?: number } = {}
) {
	const asked = await settle(db, filters);
	return {
		total: await total(db, asked),
		rows: await rows.read(db, asked, { sort, page, limit }),
		facets: await facets.count(db, asked),
		expectations: asked.expectations,
		meeting_id: asked.at?.meeting_id ?? null,
		from_id: asked.from?.meeting_id ?? null
	};
}

/** The first rows of a list and how many there are in all: for a page that shows several lists and needs no filters. */
export async function top(
	db: Reader,
	filters: Filters,
	{ limit, sort = 'title' }: { limit: number; sort?: ListRequest['sort'] }
) {
	const asked = await settle(db, filters);
	return { total: await total(db, asked), rows: await rows.read(db, asked, { sort, page: 1, limit }) };
}

/** Initiatives in order of id, from the one after `after`: for whoever reads them all, page by page. */
export async function list(
	db: Reader,
	filters: Filters,
	{ after, limit }: { after?: string; limit: number }
) {
	return listed.read(db, { ...(await settle(db, filters)), expectations: false }, { after, limit });
}

/** How many rows a list would have. */
export async function count(db: Reader, filters: Filters) {
	return total(db, await settle(db, filters));
}

async function total(db: Reader, asked: Awaited<ReturnType<typeof settle>>) {
	const { rows } = await sql<{ n: number }>`select count(*) as n from (${found(asked)}) as f`.execute(db);
	return rows[0]!.n;
}

/** An initiative with everything that belongs to it. */
export async function get(db: Reader, id: string) {
	const row =
		canExist(id) && (await db.selectFrom('initiative').selectAll().where('id', '=', id).executeTakeFirst());
	if (!row) throw new NotFound(`There is no initiative "${id}".`);
	const { search_text: _, ...initiative } = row;
	return {
		...initiative,
		entities: (await rows.entitiesOf(db, [id])).map(({ initiative_id: _, ...entity }) => entity),
		contributions: await parts.contributions(db, id),
		milestones: await parts.milestones(db, id),
		indicators: await parts.indicators(db, id),
		evidence: await parts.evidence(db, id)
	};
}

/** How it stood at every round it was expected in, oldest round first, entity by entity. */
export async function history(db: Reader, id: string, basis: Basis = 'known') {
	const rows = await db
		.selectFrom('standing as s')
		.innerJoin('meeting as m', 'm.id', 's.meeting_id')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.leftJoin('status_update as u', 'u.id', 's.update_id')
		.select(['s.basis', 's.meeting_id', 'm.title as meeting', 'm.starts_on', 'm.due_on'])
		.select([
			's.entity_id',
			'e.name as entity',
			's.freshness',
			's.update_id',
			's.stage',
			's.timing',
			's.change'
		])
		.select(['u.progress_note', 'u.recorded_at'])
		.where('s.initiative_id', '=', id)
		.orderBy('m.due_on')
		.orderBy('m.id')
		.orderBy('e.name')
		.execute();
	// Asked for the basis too, SQLite would go through everything of that basis instead of this initiative's few rows.
	return rows.filter((row) => row.basis === basis).map(({ basis: _, ...row }) => row);
}
