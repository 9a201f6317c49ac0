import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { permit } from '#lib/server/access/guard.ts';
import { actorOf } from '#lib/server/audit.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import * as freezes from '#lib/server/freezes.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params }) => {
	permit(may(user, 'unfreeze', { frozen: true }));
	return { meeting: await chosen.meeting(db, params.meeting) };
}) satisfies PageServerLoad;

const unfreezeInput = z.object({
	reason: z
		.string()
		.trim()
		.min(1, 'Give the reason: it stays on record.')
		.max(1000, 'Keep the reason under 1,000 characters.')
});

export const actions: Actions = {
	default: async ({ locals: { db, user }, params, request }) => {
		permit(may(user, 'unfreeze', { frozen: true }));
		const form = await forms.read(request, unfreezeInput);
		if (!form.ok) return fail(422, form);
		try {
			await freezes.unfreeze(db, actorOf(user), params.meeting, form.data.reason);
		} catch (cause) {
			if (!(cause instanceof BadInput)) throw cause;
			return fail(422, forms.refuse(form, { reason: cause.message }));
		}
		redirect(303, `/meetings/${encodeURIComponent(params.meeting)}`);
	}
};
