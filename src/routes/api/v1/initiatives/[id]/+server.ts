import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { initiativeInFull } from '#lib/server/api/shapes.ts';
import * as initiatives from '#lib/server/initiatives.ts';

export const GET = answer(operations.initiative.query, async (db, _, id) =>
	initiativeInFull(await initiatives.get(db, id), await initiatives.history(db, id))
);

export { fallback };
