import { answer, readOrAdd } from '#lib/server/api/answer.ts';
import { operations, writes } from '#lib/server/api/operations.ts';
import { after, page } from '#lib/server/api/pages.ts';
import { report } from '#lib/server/api/reporting.ts';
import { statusUpdate } from '#lib/server/api/shapes.ts';
import { write } from '#lib/server/api/write.ts';
import * as updates from '#lib/server/updates.ts';

export const GET = answer(
	operations.statusUpdates.query,
	async (db, { initiative, meeting, entity, ...paging }) => {
		const of = { initiative_id: initiative, meeting_id: meeting, entity_id: entity };
		const rows = await updates.list(db, {
			...of,
			after: after('status-updates', paging),
			limit: paging.limit + 1
		});
		return page('status-updates', rows, paging, statusUpdate);
	}
);

export const POST = write(writes.statusUpdate.body, report);

export { readOrAdd as fallback };
