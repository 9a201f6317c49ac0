import type { Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import type { Dated } from '#lib/domain/calendar.ts';

/** Meetings with all that calendars say of them, the first first; those from a day on, or one. */
export async function dated(db: Reader, of: { from: string } | { id: string }): Promise<Dated[]> {
	let rows = db
		.selectFrom('meeting as m')
		.leftJoin('round_opening as o', 'o.meeting_id', 'm.id')
		.select(['m.id', 'm.series', 'm.number', 'm.title', 'm.starts_on', 'm.ends_on', 'm.date_precision'])
		.select(['m.mode', 'm.opens_on', 'm.due_on', 'o.opened_at', 'o.due_at'])
		.orderBy('m.starts_on')
		.orderBy('m.id');
	rows = 'id' in of ? rows.where('m.id', '=', of.id) : rows.where('m.starts_on', '>=', of.from);
	return (await rows.execute()).map(({ opened_at, due_at, ...meeting }) => ({
		...meeting,
		name: meetingName(meeting),
		opening: opened_at !== null && due_at !== null ? { opened_at, due_at } : null
	}));
}
