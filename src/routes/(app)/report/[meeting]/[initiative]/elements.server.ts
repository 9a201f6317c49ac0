import type { Reader } from '#db/open.server.ts';
import * as plans from '#lib/server/plans.ts';

/** What an initiative can serve: every element of every plan, in the plans' order. */
export async function elements(db: Reader) {
	const all = await plans.list(db);
	const found = [];
	for (const { id, short_title } of all) {
		const rows = await plans.elements(db, id);
		if (rows.length > 0)
			found.push({
				plan: short_title,
				elements: rows.map((row) => ({ id: row.id, label: `${row.code} ${row.title}` }))
			});
	}
	return found;
}
