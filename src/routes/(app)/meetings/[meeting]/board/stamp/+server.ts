import { mayEver } from '#lib/domain/access.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as boards from '#lib/server/boards.ts';
import * as meetings from '#lib/server/meetings.ts';
import type { RequestHandler } from './$types';

/** What a board on a wall asks again and again: has anything changed? A word, and nothing of what changed. */
export const GET: RequestHandler = async ({ locals: { db, user }, params }) => {
	permit(mayEver(user, 'follow'));
	const { id } = await meetings.get(db, params.meeting);
	const stamp = await boards.stamp(db, id);
	return Response.json({ stamp }, { headers: { 'cache-control': 'no-store' } });
};
