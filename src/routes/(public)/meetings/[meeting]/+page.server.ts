import type { Reader } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { life, wasOpened } from '#lib/domain/life.ts';
import { dueAt, isAsAssumed } from '#lib/domain/round.ts';
import { spec } from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import { holdsRealReports } from '#lib/server/database.ts';
import * as entities from '#lib/server/entities.ts';
import { addenda } from '#lib/server/freezes/addenda.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as items from '#lib/server/meetings/items.ts';
import * as progress from '#lib/server/progress.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as snapshots from '#lib/server/snapshots.ts';
import { sort } from './answers.ts';
import { ways } from './ways.server.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params, url }) => {
	const meeting = await chosen.meeting(db, params.meeting);
	const { reader, plan, plans, basis, weighting } = await chosen.read(db, url.searchParams, {
		meeting: meeting.id
	});
	const now = new Date().toISOString();
	const today = now.slice(0, 10);
	const opening = await rounds.find(db, meeting.id);
	const due_at = dueAt(meeting.due_on, opening);
	const round =
		meeting.round && plan
			? await reported(reader, { plan: plan.id, meeting: meeting.id, basis, weighting }, opening)
			: null;
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
		ahead: meeting.starts_on > today,
		members: await entities.memberCount(db, meeting.starts_on),
		steps: life(meeting, today, opening),
		opening: opening
			? { opened_at: opening.opened_at, due_at: opening.due_at, time_zone: opening.time_zone }
			: null,
		opened: wasOpened(meeting, today, opening),
		/** Answers may still come in time. */
		running: meeting.frozen_at === null && due_at !== null && due_at > now,
		items: await items.read(db, meeting.id),
		addenda: await addenda(db, meeting.id),
		snapshots: await kept(db, meeting.id, user),
		ways: ways(meeting, user, { plan: plan?.id, basis, before: round?.before ?? null }),
		round
	};
}) satisfies PageServerLoad;

/** The snapshots of a meeting. Who took and undid them is for whoever may read who changed what. */
async function kept(db: Reader, meeting_id: string, user: User | undefined) {
	const all = await snapshots.list(db, meeting_id);
	const names = may(user, 'read_trail', { frozen: true });
	return all.map(({ number, frozen_at, frozen_by, sha256, app_version, undone_at, undone_by, reason }) => ({
		number,
		frozen_at,
		sha256,
		app_version,
		undone_at,
		...(names && { frozen_by, undone_by, reason })
	}));
}

type At = { plan: string; meeting: string } & Pick<chosen.Chosen, 'basis' | 'weighting'>;

/** The reporting before the meeting: its charts, and who answered. */
async function reported(db: Reader, at: At, opening: rounds.Round | undefined) {
	const all = await progress.rounds(db);
	const place = all.findIndex(({ id }) => id === at.meeting);
	const asked = await progress.byEntity(db, { scope_id: at.plan, meeting_id: at.meeting, basis: at.basis });
	return {
		before: all[place - 1] ?? null,
		coverage: await spec(db, 'coverage', at),
		stages: await spec(db, 'stages', at),
		timing: await spec(db, 'timing', { plan: at.plan, meeting: at.meeting, basis: at.basis }),
		answers: sort(
			await entities.list(db),
			asked,
			await meetings.answers(db, at.meeting),
			dueAt(all[place]!.due_on, opening)
		)
	};
}
