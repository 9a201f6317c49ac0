import { sql } from 'kysely';
import { bytewise } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { ListRequest } from '#lib/domain/schemas/filters.ts';
import type { Stage } from '#lib/domain/stage.ts';
import { byName } from '#lib/domain/text.ts';
import type { Timing } from '#lib/domain/timing.ts';
import type { Change } from '#lib/domain/words.ts';
import type { Asked } from './asked.ts';
import { within } from './asides.ts';
import { found } from './found.ts';

export type Row = Awaited<ReturnType<typeof read>>[number];

type Page = Pick<ListRequest, 'sort' | 'page'> & { limit: number };

/**
 * One page of a list, each row with who takes part, what it mainly serves, and how it stands: the row's own standing
 * where rows are expectations, else every standing at the meeting in question.
 */
export async function read(db: Reader, asked: Asked, { sort, page, limit }: Page) {
	const { rows } = await sql<{ initiative_id: string; entity_id: string | null }>`
		with f as (${found(asked)})
		select f.initiative_id, f.entity_id from f join initiative i on i.id = f.initiative_id
		order by ${orderBy(db, asked, sort)}, f.initiative_id, f.entity_id
		limit ${limit} offset ${(page - 1) * limit}`.execute(db);
	if (rows.length === 0) return [];
	const ids = [...new Set(rows.map(({ initiative_id }) => initiative_id))];
	const [initiatives, entities, elements, standings] = [
		await byId(db, ids),
		Map.groupBy(await entitiesOf(db, ids), ({ initiative_id }) => initiative_id),
		Map.groupBy(await elementsOf(db, ids), ({ initiative_id }) => initiative_id),
		Map.groupBy(await standingsOf(db, asked, ids), ({ initiative_id }) => initiative_id)
	];
	return rows.map(({ initiative_id, entity_id }) => ({
		...initiatives.get(initiative_id)!,
		entity_id,
		entities: (entities.get(initiative_id) ?? []).map(({ initiative_id: _, ...entity }) => entity),
		elements: (elements.get(initiative_id) ?? []).map(({ initiative_id: _, ...element }) => element),
		standings: (standings.get(initiative_id) ?? [])
			.filter((standing) => entity_id === null || standing.entity_id === entity_id)
			.map(({ initiative_id: _, ...standing }) => standing)
	}));
}

// A folded title is what `search_text` begins with, and the same for an entity: both engines sort those alike.
function orderBy(db: Reader, { expectations, at }: Asked, sort: Page['sort']) {
	const title = bytewise(db, 'i.search_text');
	if (sort === 'title') return title;
	if (sort === 'member') {
		return expectations
			? sql`(select ${bytewise(db, 'e.search_text')} from entity e where e.id = f.entity_id), ${title}`
			: sql`(select min(${bytewise(db, 'e.search_text')}) from initiative_entity ie join entity e on e.id = ie.entity_id
				where ie.initiative_id = f.initiative_id and ie.role = 'lead') nulls last, ${title}`;
	}
	const mine = expectations ? sql`and s.entity_id = f.entity_id` : sql``;
	return sql`(select max(u.recorded_at) from standing s join status_update u on u.id = s.update_id
		where s.basis = ${at?.basis ?? 'known'} and s.meeting_id = ${at?.meeting_id ?? ''}
		and s.initiative_id = f.initiative_id ${mine}) desc nulls last, ${title}`;
}

async function byId(db: Reader, ids: string[]) {
	const rows = await db
		.selectFrom('initiative')
		.select([
			'id',
			'title',
			'title_fr',
			'summary',
			'scope',
			'starts_on',
			'target_on',
			'date_precision',
			'theme'
		])
		.select(['source_url', 'source_type', 'certainty'])
		.where('id', 'in', ids)
		.execute();
	return new Map(rows.map((row) => [row.id, row]));
}

/** Who takes part, leads first. */
export async function entitiesOf(db: Reader, ids: string[]) {
	const rows = await db
		.selectFrom('initiative_entity as ie')
		.innerJoin('entity as e', 'e.id', 'ie.entity_id')
		.select(['ie.initiative_id', 'e.id', 'e.name', 'e.kind', 'ie.role'])
		.where('ie.initiative_id', 'in', ids)
		.execute();
	return rows.sort((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead') || byName(a, b));
}

function elementsOf(db: Reader, ids: string[]) {
	return db
		.selectFrom('contribution as c')
		.innerJoin('plan_element as e', 'e.id', 'c.element_id')
		.select(['c.initiative_id', 'e.id', 'e.plan_id', 'e.code', 'e.title'])
		.where('c.role', '=', 'main')
		.where('c.initiative_id', 'in', ids)
		.orderBy('e.id')
		.execute();
}

export type Standing = {
	initiative_id: string;
	entity_id: string;
	entity: string;
	freshness: Freshness;
	stage: Stage | null;
	timing: Timing | null;
	change: Change | null;
	recorded_at: string | null;
	/** Where it stood at the earlier meeting; null where it was not expected there. */
	before: { freshness: Freshness; stage: Stage | null } | null;
};

async function standingsOf(db: Reader, { at, from, joined }: Asked, ids: string[]): Promise<Standing[]> {
	if (!at) return [];
	const rows = await db
		.selectFrom('standing as s')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.leftJoin('status_update as u', 'u.id', 's.update_id')
		.leftJoin('standing as b', (join) =>
			join
				.onRef('b.initiative_id', '=', 's.initiative_id')
				.onRef('b.entity_id', '=', 's.entity_id')
				.on('b.meeting_id', '=', from?.meeting_id ?? '')
				.on('b.basis', '=', from?.basis ?? 'known')
				.on(joined ? within(joined) : sql<boolean>`1 = 1`)
		)
		.select(['s.initiative_id', 's.entity_id', 'e.name', 's.freshness', 's.stage', 's.timing', 's.change'])
		.select(['u.recorded_at', 'b.freshness as was', 'b.stage as stage_before'])
		.where('s.basis', '=', at.basis)
		.where('s.meeting_id', '=', at.meeting_id)
		.where('s.initiative_id', 'in', ids)
		.execute();
	return rows.sort(byName).map(({ name, was, stage_before, ...standing }) => ({
		...standing,
		entity: name,
		before: was && { freshness: was, stage: stage_before }
	}));
}
