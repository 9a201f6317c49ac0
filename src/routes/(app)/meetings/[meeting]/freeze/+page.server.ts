import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import { dueAt } from '#lib/domain/round.ts';
import { permit } from '#lib/server/access/guard.ts';
import { actorOf } from '#lib/server/audit.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import * as freezes from '#lib/server/freezes.ts';
import { outlook } from '#lib/server/freezes/outlook.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as snapshots from '#lib/server/snapshots.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params, url }) => {
	permit(may(user, 'freeze'));
	const meeting = await chosen.meeting(db, params.meeting);
	const round = (await rounds.find(db, meeting.id)) ?? null;
	const { plan, plans: all } = await chosen.read(db, url.searchParams, { meeting: meeting.id });
	const ready = meeting.round && meeting.frozen_at === null && plan !== undefined;
	const at = { plan_id: plan?.id ?? '', meeting_id: meeting.id };
	const figures = ready ? await progress.byElement(db, at) : undefined;
	const layer = ready ? mainLayer(await plans.elements(db, plan.id)) : [];
	return {
		meeting,
		plan,
		plans: all,
		due: round && { at: round.due_at, time_zone: round.time_zone, own: await ownZone(db, user) },
		running: (dueAt(meeting.due_on, round) ?? '') > new Date().toISOString(),
		seen: ready ? await outlook(db, meeting.id, plan.id) : null,
		areas: layer.map(({ id, code, title }) => ({
			code,
			title,
			tally: figures!.elements.find(({ element_id }) => element_id === id)!.tally
		})),
		snapshots: await snapshots.list(db, meeting.id)
	};
}) satisfies PageServerLoad;

const freezeInput = z.object({ leave_out_drafts: z.literal('on').optional() });

export const actions: Actions = {
	default: async ({ locals: { db, user }, params, request }) => {
		permit(may(user, 'freeze'));
		const form = await forms.read(request, freezeInput);
		if (!form.ok) return fail(422, form);
		const leaveOutDrafts = form.data.leave_out_drafts !== undefined;
		try {
			await freezes.freeze(db, actorOf(user), params.meeting, { leaveOutDrafts });
		} catch (cause) {
			if (!(cause instanceof BadInput)) throw cause;
			return fail(422, forms.refuse(form, { leave_out_drafts: cause.message }));
		}
		redirect(303, address(`/meetings/${encodeURIComponent(params.meeting)}`, { basis: 'presented' }));
	}
};
