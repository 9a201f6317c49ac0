import { answer, fallback } from '#lib/server/api/answer.ts';
import * as asked from '#lib/server/api/asked.ts';
import { operations } from '#lib/server/api/operations.ts';
import * as progress from '#lib/server/progress.ts';

export const GET = answer(operations.movement.query, async (db, { basis, ...query }) => {
	const { reader, plan_id, meeting_id } = await asked.at(db, { ...query, meeting: query.to, basis });
	const { from, to } = await asked.between(reader, { from: query.from, to: meeting_id });
	const moved = await progress.movement(reader, { plan_id, from_id: from.id, to_id: to.id, basis });
	return {
		plan: plan_id,
		from: from.id,
		to: to.id,
		elements: moved.elements.map(({ element_id, ...movement }) => ({ element: element_id, ...movement })),
		total: moved.total
	};
});

export { fallback };
