import { may } from '#lib/domain/access.ts';
import { isAsAssumed } from '#lib/domain/round.ts';
import { holdsRealReports } from '#lib/server/database.ts';
import * as entities from '#lib/server/entities.ts';
import * as meetings from '#lib/server/meetings.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user } }) => {
	const all = await meetings.list(db);
	const real = await holdsRealReports(db);
	return {
		meetings: all.map((meeting) => ({ ...meeting, assumed: !real && meeting.round && isAsAssumed(meeting) })),
		/** May whoever reads this add to them? */
		adds: may(user, 'arrange'),
		names: Object.fromEntries((await entities.list(db)).map(({ id, name }) => [id, name]))
	};
}) satisfies PageServerLoad;
