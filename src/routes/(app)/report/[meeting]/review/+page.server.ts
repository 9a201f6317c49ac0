import { fail } from '@sveltejs/kit';
import { entitiesOf, mayEver } from '#lib/domain/access.ts';
import { agreeInput } from '#lib/domain/schemas/review.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as settlements from '#lib/server/settlements.ts';
import type { Actions, PageServerLoad } from './$types';

/** What became of one's own answer, and what its reviewers ask. */
export const load = (async ({ locals: { db, user }, params }) => {
	permit(mayEver(user, 'report'));
	const meeting = await chosen.meeting(db, params.meeting);
	return {
		meeting,
		waiting: await reviews.waitingFor(db, user, { meeting_id: meeting.id }),
		settled: await settlements.ofEntities(db, meeting.id, entitiesOf(user))
	};
}) satisfies PageServerLoad;

export const actions: Actions = {
	agree: async ({ locals: { db, user }, request }) => {
		permit(mayEver(user, 'report'));
		const form = await forms.read(request, agreeInput);
		if (!form.ok) return fail(422, form);
		const refused = await forms.attempt(form, () => reviews.agree(db, user, form.data));
		return refused ? fail(422, refused) : { ok: true as const };
	}
};
