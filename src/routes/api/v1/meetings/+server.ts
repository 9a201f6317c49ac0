import { answer, fallback } from '#lib/server/api/answer.ts';
import { operations } from '#lib/server/api/operations.ts';
import { from, page } from '#lib/server/api/pages.ts';
import { meeting } from '#lib/server/api/shapes.ts';
import * as meetings from '#lib/server/meetings.ts';

export const GET = answer(operations.meetings.query, async (db, paging) =>
	page('meetings', from('meetings', await meetings.list(db), paging), paging, meeting)
);

export { fallback };
