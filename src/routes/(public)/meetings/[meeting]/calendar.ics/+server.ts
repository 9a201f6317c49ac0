import { entriesOf } from '#lib/domain/calendar.ts';
import { headers, ics } from '#lib/server/calendar/ics.ts';
import { dated } from '#lib/server/calendar/dated.ts';
import * as meetings from '#lib/server/meetings.ts';
import { lastChange } from '#lib/server/updates.ts';
import type { RequestHandler } from './$types';

/** A meeting for one's calendar: its days, and when its round opens and is due. */
export const GET: RequestHandler = async ({ locals: { db }, params, url }) => {
	const { id } = await meetings.get(db, params.meeting);
	const entries = (await dated(db, { id })).flatMap(entriesOf);
	const { changed_at } = await lastChange(db);
	const name = `Waymark ${id}`;
	return new Response(await ics(entries, { origin: url.origin, changed_at, name }), {
		headers: {
			...headers,
			'content-disposition': `attachment; filename="${id.replace(/[^\w.-]+/g, '-')}.ics"`
		}
	});
};
