import type { Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { byDueDate } from '#lib/domain/order.ts';

export type Site = Awaited<ReturnType<typeof describe>>;

type RoundName = { id: string; title: string; series: string; number: number | null; due_on: string };

/** What every page says of itself: when the data last changed, and between which meetings reports are made up. */
export async function describe(db: Reader) {
	const change = await db.selectFrom('revision').select('changed_at').executeTakeFirst();
	// An empty database was last changed before there was anything.
	const changed_at = change && change.changed_at > '1971' ? change.changed_at : null;
	return { changed_at, demonstration: await demonstration(db) };
}

/** The first and last meeting with demonstration reports; null when nothing is made up. */
async function demonstration(db: Reader) {
	const meetings = await db
		.selectFrom('meeting as m')
		.select(['m.id', 'm.title', 'm.series', 'm.number', 'm.due_on'])
		.where('m.due_on', 'is not', null)
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('submission as s')
					.select('s.meeting_id')
					.whereRef('s.meeting_id', '=', 'm.id')
					.where('s.channel', '=', 'demonstration')
			)
		)
		.execute();
	const rounds = (meetings as RoundName[]).sort(byDueDate);
	const [first, last] = [rounds[0], rounds.at(-1)];
	return first && last ? { from: meetingName(first), to: meetingName(last) } : null;
}
