import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { after, page } from '#lib/server/api/pages.ts';
import * as initiatives from '#lib/server/initiatives.ts';

export const GET = answer(operations.initiatives.query, async (db, { limit, cursor, ...filters }) => {
	const paging = { limit, cursor };
	const rows = await initiatives.list(db, filters, { after: after('initiatives', paging), limit: limit + 1 });
	return page('initiatives', rows, paging, (row) => row);
});

export { fallback };
