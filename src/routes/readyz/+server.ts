import type { RequestHandler } from './$types';
import { isUpToDate } from '#lib/server/database.ts';
import { problem } from '#lib/server/http/problem.ts';

/** Requests can be served: the database answers, and is of this version. */
export const GET: RequestHandler = async ({ locals: { db }, url }) =>
	(await isUpToDate(db))
		? Response.json({ status: 'ready' }, { headers: { 'cache-control': 'no-store' } })
		: problem(503, 'The database does not answer, or is of another version of Waymark.', url);
