import * as feeds from '#lib/server/calendar/feeds.ts';
import { headers, ics } from '#lib/server/calendar/ics.ts';
import { lastChange } from '#lib/server/updates.ts';
import type { RequestHandler } from './$types';

/** Somebody's private calendar. Its address is the key: calendar programs can't sign in. */
export const GET: RequestHandler = async ({ locals: { db }, params, url }) => {
	const entries = await feeds.read(db, params.token, new Date());
	const { changed_at } = await lastChange(db);
	return new Response(await ics(entries, { origin: url.origin, changed_at, name: 'Waymark' }), {
		headers: { ...headers, 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex' }
	});
};
