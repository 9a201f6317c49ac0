import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import * as meetings from '../meetings.ts';
import * as plans from '../plans.ts';
import * as snapshots from '../snapshots.ts';

/** The plan asked for, or the one shown by default. */
export async function plan(db: Reader, id: string | undefined) {
	const found = id === undefined ? await plans.current(db) : await plans.get(db, id);
	if (!found) throw new NotFound('There is no plan yet.');
	return found;
}

/** The meeting asked for, or the newest round anybody reported to. */
export async function meeting(db: Reader, id: string | undefined) {
	const found = id === undefined ? await meetings.latest(db) : await meetings.get(db, id);
	if (!found) throw new NotFound('There is no round of reporting yet.');
	return found;
}

/** The plan and the meeting asked for, and what to read their figures from: as presented, the meeting's snapshot. */
export async function at(
	db: Reader,
	query: { plan?: string | undefined; meeting?: string | undefined; basis: Basis }
) {
	const now = await plan(db, query.plan);
	const { id: meeting_id } = await meeting(db, query.meeting);
	const reader = await snapshots.reading(db, meeting_id, query.basis);
	const { id: plan_id } = reader === db ? now : await plan(reader, query.plan);
	return { reader, plan_id, meeting_id };
}

/** The two meetings asked for; the earlier is the round before the later when left out. */
export async function between(
	db: Reader,
	{ from, to }: { from?: string | undefined; to?: string | undefined }
) {
	const later = await meeting(db, to);
	const earlier =
		from === undefined ? await meetings.previousRound(db, later.id) : await meetings.get(db, from);
	if (!earlier) throw new BadInput(`from must name a meeting: no round comes before "${later.id}".`);
	return { from: earlier, to: later };
}
