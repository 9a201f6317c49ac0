import { fail } from '@sveltejs/kit';
import { frameHeight } from '#lib/charts/outputs/alone.ts';
import { may } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { shareInput } from '#lib/domain/schemas/share.ts';
import { permit } from '#lib/server/access/guard.ts';
import { actorOf } from '#lib/server/audit.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import * as shares from '#lib/server/shares.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params, url }) => {
	permit(may(user, 'share', { frozen: true }));
	const meeting = await chosen.meeting(db, params.meeting);
	const asked = chart(meeting.id, url);
	const { snapshot, chart: drawn } = await shares.preview(db, asked);
	return {
		meeting,
		title: drawn.title,
		number: snapshot.number,
		frame: frameHeight(drawn),
		picture: address(`/charts/${asked.question}.svg`, {
			...asked.params,
			meeting: meeting.id,
			basis: 'presented'
		}),
		/** What the form's address goes on with: the same chart. */
		query: url.search
	};
}) satisfies PageServerLoad;

export const actions: Actions = {
	default: async ({ locals: { db, user }, params, request, url }) => {
		permit(may(user, 'share', { frozen: true }));
		const form = await forms.read(request, shareInput(new Date().toISOString().slice(0, 10)));
		if (!form.ok) return fail(422, form);
		const { token, ends_on } = await shares.publish(db, actorOf(user), chart(params.meeting, url), form.data);
		return { ok: true as const, link: `${url.origin}/shared/${token}`, ends_on, sites: form.data.sites };
	}
};

/** The chart an address names, its meeting aside: that is the path's. */
function chart(meeting_id: string, url: URL): shares.Chosen {
	const { question = '', ...rest } = Object.fromEntries(url.searchParams);
	const params = Object.fromEntries(
		Object.entries(rest).filter(
			([name]) => !['meeting', 'to', 'basis'].includes(name) && !name.startsWith('/')
		)
	);
	return { meeting_id, question, params };
}
