import { fail, redirect } from '@sveltejs/kit';
import { may } from '#lib/domain/access.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { plannedInput } from '#lib/domain/schemas/meeting.ts';
import { permit } from '#lib/server/access/guard.ts';
import { actorOf } from '#lib/server/audit.ts';
import * as forms from '#lib/server/forms.ts';
import { plan } from '#lib/server/meetings/plan.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async ({ locals: { db, user }, request }) => {
		permit(may(user, 'arrange'));
		const form = await forms.read(request, plannedInput);
		if (!form.ok) return fail(422, form);
		let id: string;
		try {
			id = await plan(db, actorOf(user), form.data);
		} catch (cause) {
			if (!(cause instanceof BadInput)) throw cause;
			return fail(422, forms.refuse(form, { number: cause.message }));
		}
		redirect(303, `/meetings/${encodeURIComponent(id)}`);
	}
};
