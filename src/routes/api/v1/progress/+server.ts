import { answer, fallback } from '#lib/server/api/answer.ts';
import * as asked from '#lib/server/api/asked.ts';
import * as figures from '#lib/server/api/figures.ts';
import { operations } from '#lib/server/api/operations.ts';
import * as progress from '#lib/server/progress.ts';

export const GET = answer(operations.progress.query, async (db, query) => {
	const { reader, plan_id, meeting_id } = await asked.at(db, query);
	const basis = await progress.settled(reader, meeting_id, query.basis);
	const { elements, total } = await progress.byElement(reader, { plan_id, meeting_id, basis });
	return {
		plan: plan_id,
		meeting: meeting_id,
		basis,
		elements: elements.map(({ element_id, tally }) => ({ element: element_id, ...figures.progress(tally) })),
		total: figures.progress(total)
	};
});

export { fallback };
