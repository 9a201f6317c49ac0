import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { planInFull } from '#lib/server/api/shapes.ts';
import * as plans from '#lib/server/plans.ts';

export const GET = answer(operations.plan.query, async (db, _, id) =>
	planInFull(await plans.get(db, id), await plans.elements(db, id))
);

export { fallback };
