import type { Reader } from '#db/open.server.ts';
import { isAsAssumed } from '#lib/domain/round.ts';
import { spec } from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import { holdsRealReports } from '#lib/server/database.ts';
import * as entities from '#lib/server/entities.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as progress from '#lib/server/progress.ts';
import { sort } from './answers.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, params, url }) => {
	const meeting = await chosen.meeting(db, params.meeting);
	const { reader, plan, plans, basis, weighting } = await chosen.read(db, url.searchParams, {
		meeting: meeting.id
	});
	const names = Object.fromEntries((await entities.list(db)).map(({ id, name }) => [id, name]));
	const joint = meeting.joint_with
		? (await meetings.list(db)).find(({ id }) => id === meeting.joint_with)
		: undefined;
	return {
		meeting: { ...meeting, assumed: isAsAssumed(meeting) && !(await holdsRealReports(db)) },
		plan,
		plans,
		basis,
		weighting,
		names,
		joint,
		members: await entities.memberCount(db, meeting.starts_on),
		round:
			meeting.round && plan
				? await round(reader, { plan: plan.id, meeting: meeting.id, basis, weighting })
				: null
	};
}) satisfies PageServerLoad;

type At = { plan: string; meeting: string } & Pick<chosen.Chosen, 'basis' | 'weighting'>;

/** The reporting before the meeting: its charts, and who answered. */
async function round(db: Reader, at: At) {
	const all = await progress.rounds(db);
	const place = all.findIndex(({ id }) => id === at.meeting);
	const asked = await progress.byEntity(db, { scope_id: at.plan, meeting_id: at.meeting, basis: at.basis });
	return {
		before: all[place - 1] ?? null,
		after: all[place + 1] ?? null,
		coverage: await spec(db, 'coverage', at),
		stages: await spec(db, 'stages', at),
		timing: await spec(db, 'timing', { plan: at.plan, meeting: at.meeting, basis: at.basis }),
		answers: sort(await entities.list(db), asked, await meetings.answers(db, at.meeting), all[place]!.due_on)
	};
}
