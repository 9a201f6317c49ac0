import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { permit } from '#lib/server/access/guard.ts';
import { actorOf } from '#lib/server/audit.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import * as shares from '#lib/server/shares.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params }) => {
	permit(may(user, 'share', { frozen: true }));
	const meeting = await chosen.meeting(db, params.meeting);
	const today = new Date().toISOString().slice(0, 10);
	const links = await shares.list(db, meeting.id);
	return {
		meeting,
		links: links.map(({ token_hash: _, params: __, published_by_id: ___, ...link }) => ({
			...link,
			state: link.revoked_at
				? ('revoked' as const)
				: link.ends_on < today
					? ('over' as const)
					: ('shown' as const)
		}))
	};
}) satisfies PageServerLoad;

export const actions: Actions = {
	revoke: async ({ locals: { db, user }, params, request }) => {
		permit(may(user, 'share', { frozen: true }));
		const form = await forms.read(request, z.object({ id: z.string() }));
		if (!form.ok) return fail(422, form);
		await shares.revoke(db, actorOf(user), params.meeting, form.data.id);
		redirect(303, `/meetings/${encodeURIComponent(params.meeting)}/links`);
	}
};
