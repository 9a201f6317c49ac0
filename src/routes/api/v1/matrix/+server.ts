import { answer, fallback } from '#lib/server/api/answer.ts';
import * as asked from '#lib/server/api/asked.ts';
import * as figures from '#lib/server/api/figures.ts';
import { operations } from '#lib/server/api/operations.ts';
import * as progress from '#lib/server/progress.ts';

export const GET = answer(operations.matrix.query, async (db, query) => {
	const { reader, plan_id, meeting_id } = await asked.at(db, query);
	const { columns, rows } = await progress.matrix(reader, { plan_id, meeting_id, basis: query.basis });
	return {
		plan: plan_id,
		meeting: meeting_id,
		columns,
		rows: rows.map(({ entity_id, cells }) => ({
			entity: entity_id,
			cells: cells.map(({ element_id, tally }) => ({ element: element_id, ...figures.cell(tally) }))
		}))
	};
});

export { fallback };
