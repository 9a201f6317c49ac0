import { sql } from 'kysely';
import { bytewise } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import type { InitiativeTable } from '#db/schema.ts';
import type { Asked } from './asked.ts';
import { found } from './found.ts';
import { entitiesOf } from './rows.ts';

export type Listed = Awaited<ReturnType<typeof read>>[number];

/** Initiatives in order of id, from the one after `after`, with who takes part and all they contribute to. */
export async function read(
	db: Reader,
	asked: Asked,
	{ after, limit }: { after: string | undefined; limit: number }
) {
	const id = bytewise(db, 'i.id');
	const { rows } = await sql<InitiativeTable>`
		select i.* from (${found(asked)}) f join initiative i on i.id = f.initiative_id
		${after === undefined ? sql`` : sql`where ${id} > ${after}`} order by ${id} limit ${limit}`.execute(db);
	if (rows.length === 0) return [];
	const ids = rows.map((row) => row.id);
	const entities = Map.groupBy(await entitiesOf(db, ids), ({ initiative_id }) => initiative_id);
	const contributions = Map.groupBy(await contributionsOf(db, ids), ({ initiative_id }) => initiative_id);
	return rows.map(({ search_text: _, ...row }) => ({
		...row,
		entities: (entities.get(row.id) ?? []).map(({ id, role }) => ({ entity: id, role })),
		contributions: (contributions.get(row.id) ?? []).map(
			({ initiative_id: _, ...contribution }) => contribution
		)
	}));
}

function contributionsOf(db: Reader, ids: string[]) {
	return db
		.selectFrom('contribution')
		.select(['initiative_id', 'element_id as element', 'role', 'certainty'])
		.where('initiative_id', 'in', ids)
		.orderBy('role', 'desc')
		.orderBy('element_id')
		.execute();
}
