import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
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
	const found = await items.read(db, meeting.id);
	return { meeting, lists: asText(found), seen: items.versionOf(found) };
}) satisfies PageServerLoad;

const papersInput = z.object({
	agenda: itemsField,
	paper: itemsField,
	decision: itemsField,
	seen: z.string()
});

export const actions: Actions = {
	default: async ({ locals: { db, user }, params, request }) => {
		const meeting = await chosen.meeting(db, params.meeting);
		permit(may(user, 'arrange', { frozen: meeting.frozen_at !== null }));
		const form = await forms.read(request, papersInput);
		if (!form.ok) return fail(422, { ...form, other: null });
		const { seen, ...lists } = form.data;
		const outcome = await items.write(db, actorOf(user), meeting.id, { items: lists, seen });
		if (!outcome.kept) {
			const values = { ...asText(lists), seen: items.versionOf(outcome.other) };
			const errors = {
				'': 'Somebody else has changed these lists meanwhile. Theirs are shown beside yours.'
			};
			return fail(409, { ok: false as const, values, errors, other: asText(outcome.other) });
		}
		redirect(303, `/meetings/${encodeURIComponent(meeting.id)}`);
	}
};

function asText(lists: items.Items) {
	return Object.fromEntries(itemKinds.map((kind) => [kind, written(lists[kind])])) as Record<
		ItemKind,
		string
	>;
}
