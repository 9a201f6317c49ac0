import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { from, page } from '#lib/server/api/pages.ts';
import { planInList } from '#lib/server/api/shapes.ts';
import * as plans from '#lib/server/plans.ts';

export const GET = answer(operations.plans.query, async (db, paging) =>
	page('plans', from('plans', await plans.list(db), paging), paging, planInList)
);

export { fallback };
