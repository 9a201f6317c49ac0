import { prepared } from '#db/prepared.ts';
import type { Db } from '#db/open.server.ts';

const ask = prepared((db) => db.selectFrom('revision').select('number'));

/** The number of the last change. */
export async function revision(db: Db): Promise<number> {
	const [row] = await ask(db, {});
	return row?.number ?? 0;
}
