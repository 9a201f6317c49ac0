import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { from, page } from '#lib/server/api/pages.ts';
import { alignment } from '#lib/server/api/shapes.ts';
import * as alignments from '#lib/server/alignments.ts';

export const GET = answer(operations.alignments.query, async (db, paging) =>
	page('alignments', from('alignments', await alignments.list(db), paging), paging, alignment)
);

export { fallback };
