import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { arrange, readOrder, template } from '#lib/charts/arrange.ts';
import { may } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { permit } from '#lib/server/access/guard.ts';
import { asked, deck as deckOf, spotlights as spotlightsOf } from '#lib/server/deck.ts';
import * as orders from '#lib/server/deck/orders.ts';
import * as forms from '#lib/server/forms.ts';
import * as meetings from '#lib/server/meetings.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load = (async ({ locals: { db, user }, params, url }) => {
	const at = await asked(db, params.meeting, url.searchParams);
	const { slides, ...deck } = await deckOf(db, at);
	const spotlights = await spotlightsOf(db, at);
	const kept = await orders.get(db, at);
	const usual = template(slides);
	const mine = readOrder(url.searchParams.get('slides'));
	const { unknown, slides: shown } = arrange(usual, spotlights, mine ?? kept?.slides ?? null);
	const [slide, member] = [words(url, 'slide'), words(url, 'member')];
	return {
		deck,
		usual,
		spotlights,
		/** The order in the address, the one the office keeps, or the usual one. */
		order: shown.map(({ id }) => id),
		kept: kept ?? null,
		slide: shown.some(({ id }) => id === slide) ? slide! : shown[0]!.id,
		member: spotlights.some(({ id }) => id === `spotlight-${member}`) ? member! : null,
		missed: missed({ unknown, slide, member, shown, spotlights }),
		mayArrange: may(user, 'arrange', { frozen: (await meetings.get(db, at.meeting_id)).frozen_at !== null })
	};
}) satisfies PageServerLoad;

function words(url: URL, name: string) {
	return url.searchParams.get(name)?.trim().slice(0, 200) || undefined;
}

type Missed = {
	unknown: string[];
	slide: string | undefined;
	member: string | undefined;
	shown: { id: string }[];
	spotlights: { id: string }[];
};

/** What an address asks for that this deck has not, in a sentence each. */
function missed({ unknown, slide, member, shown, spotlights }: Missed): string[] {
	const quoted = unknown.map((id) => `“${id.slice(0, 60)}”`);
	return [
		...(unknown.length === 1 ? [`This deck has no slide ${quoted[0]}, so it goes on without it.`] : []),
		...(unknown.length > 1
			? [`This deck has no slides ${quoted.slice(0, 5).join(', ')}, so it goes on without them.`]
			: []),
		...(slide && !shown.some(({ id }) => id === slide)
			? [`There is no slide “${slide.slice(0, 60)}” in this deck: here is the first.`]
			: []),
		...(member && !spotlights.some(({ id }) => id === `spotlight-${member}`)
			? [
					`“${member.slice(0, 60)}” was not asked to report for this meeting, so there is nothing to put in the light.`
				]
			: [])
	];
}

const orderInput = z.object({
	slides: z.string().trim().min(1, 'Leave at least one slide in the deck.').max(10_000),
	seen: z.coerce.number().int().min(0)
});

export const actions: Actions = {
	keep: async (event) => {
		const { db, user } = event.locals;
		const at = await allowed(event);
		const form = await forms.read(event.request, orderInput);
		if (!form.ok) return fail(422, form);
		const usual = template((await deckOf(db, at)).slides);
		const order = readOrder(form.data.slides) ?? [];
		const { unknown, slides } = arrange(usual, await spotlightsOf(db, at), order);
		if (unknown.length > 0)
			return fail(
				422,
				forms.refuse(form, {
					slides: `This deck has no slide “${unknown[0]!.slice(0, 60)}”. Reload the page and arrange it again.`
				})
			);
		const ids = slides.map(({ id }) => id);
		if (!(await orders.keep(db, user!, at, ids, form.data.seen))) return fail(409, changedMeanwhile(form));
		redirect(303, pageOf(event));
	},
	restore: async (event) => {
		const { db, user } = event.locals;
		const at = await allowed(event);
		const form = await forms.read(event.request, orderInput.pick({ seen: true }));
		if (!form.ok) return fail(422, form);
		if (!(await orders.keep(db, user!, at, null, form.data.seen))) return fail(409, changedMeanwhile(form));
		redirect(303, pageOf(event));
	}
};

async function allowed({ locals: { db, user }, params, url }: RequestEvent) {
	const at = await asked(db, params.meeting, url.searchParams);
	permit(may(user, 'arrange', { frozen: (await meetings.get(db, at.meeting_id)).frozen_at !== null }));
	return at;
}

function changedMeanwhile(form: { data: object }) {
	return forms.refuse(form, {
		'': 'Somebody else kept another order in the meantime. Reload the page to see it, and arrange it again if you still want to.'
	});
}

/** The deck without an order of one's own: it is everybody's now. */
function pageOf({ url, params }: RequestEvent) {
	return address(`/meetings/${encodeURIComponent(params.meeting)}/present`, {
		plan: url.searchParams.get('plan'),
		basis: url.searchParams.get('basis')
	});
}
