import type { CompiledQuery } from 'kysely';
import type { Db } from '#db/open.server.ts';

const queries = new WeakMap<Db, CompiledQuery<{ number: number }>>();

/** The number of the last change. Asked at every request, so the query is compiled once. */
export async function revision(db: Db): Promise<number> {
	let query = queries.get(db);
	if (!query) {
		query = db.selectFrom('revision').select('number').compile();
		queries.set(db, query);
	}
	const { rows } = await db.executeQuery(query);
	return rows[0]?.number ?? 0;
}
