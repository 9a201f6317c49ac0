import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { countsField, lineOf } from '#lib/domain/attendance.ts';
import { itemKinds, itemsField, written, type ItemKind } from '#lib/domain/meeting-items.ts';
import { permit } from '#lib/server/access/guard.ts';
import { actorOf } from '#lib/server/audit.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import * as items from '#lib/server/meetings/items.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params }) => {
	const meeting = await chosen.meeting(db, params.meeting);
	permit(may(user, 'arrange', { frozen: meeting.frozen_at !== null }));
	const found = await items.lists(db, meeting.id);
	return { meeting, lists: asText(found), seen: items.versionOf(found) };
}) satisfies PageServerLoad;

const papersInput = z.object({
	agenda: itemsField,
	paper: itemsField,
	decision: itemsField,
	attendance: countsField,
	seen: z.string()
});

export const actions: Actions = {
	default: async ({ locals: { db, user }, params, request }) => {
		const meeting = await chosen.meeting(db, params.meeting);
		permit(may(user, 'arrange', { frozen: meeting.frozen_at !== null }));
		const form = await forms.read(request, papersInput);
		if (!form.ok) return fail(422, { ...form, other: null });
		const { seen, attendance, ...lists } = form.data;
		const outcome = await items.write(db, actorOf(user), meeting.id, { items: lists, attendance, seen });
		if (!outcome.kept) {
			const mine = { ...lists, attendance: attendance ?? outcome.other.attendance };
			const values = { ...asText(mine), seen: items.versionOf(outcome.other) };
			const errors = {
				'': 'Somebody else has changed these lists meanwhile. Theirs are shown beside yours.'
			};
			return fail(409, { ok: false as const, values, errors, other: asText(outcome.other) });
		}
		redirect(303, `/meetings/${encodeURIComponent(meeting.id)}`);
	}
};

function asText({ attendance, ...lists }: items.Lists) {
	const of = itemKinds.map((kind) => [kind, written(lists[kind])]);
	return {
		...(Object.fromEntries(of) as Record<ItemKind, string>),
		attendance: attendance.map(lineOf).join('\n')
	};
}
