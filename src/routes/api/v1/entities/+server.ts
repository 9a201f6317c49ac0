import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { from, page } from '#lib/server/api/pages.ts';
import { entity } from '#lib/server/api/shapes.ts';
import * as entities from '#lib/server/entities.ts';

export const GET = answer(operations.entities.query, async (db, { kind, ...paging }) => {
	const memberships = await entities.memberships(db);
	const rows = from('entities', await entities.list(db, { kind }), paging);
	return page('entities', rows, paging, (row) => entity(row, memberships.get(row.id) ?? []));
});

export { fallback };
