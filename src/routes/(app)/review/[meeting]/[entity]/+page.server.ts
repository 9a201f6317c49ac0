import { fail } from '@sveltejs/kit';
import type { z } from 'zod';
import { mayEver, type Act, type User } from '#lib/domain/access.ts';
import {
	acceptInput,
	confirmInput,
	differInput,
	queryInput,
	returnInput
} from '#lib/domain/schemas/review.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as forms from '#lib/server/forms.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as answers from '#lib/server/reviews/answer.ts';
import * as settlements from '#lib/server/settlements.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load = (async ({ locals: { db, user }, params, url }) => {
	permit(mayEver(user, 'review'));
	return { ...(await answers.read(db, user, of(params))), chosen: url.searchParams.get('update') };
}) satisfies PageServerLoad;

export const actions: Actions = {
	confirm: (event) =>
		act(event, 'review', confirmInput, 'Confirmed.', (user, { update }) =>
			reviews.record(event.locals.db, user, update, { verdict: 'confirmed' })
		),
	query: (event) =>
		act(
			event,
			'review',
			queryInput,
			'Your question is kept: they see it beside their update.',
			(user, { update, note }) =>
				reviews.record(event.locals.db, user, [update], { verdict: 'queried', note })
		),
	differ: (event) =>
		act(
			event,
			'review',
			differInput,
			'Your view is kept beside theirs. Nobody else sees it until they agree.',
			(user, { update, ...view }) =>
				reviews.record(event.locals.db, user, [update], { verdict: 'differs', ...view })
		),
	return: (event) =>
		act(event, 'settle', returnInput, 'Returned. Their people get a mail with your note.', (user, { note }) =>
			settlements.giveBack(event.locals.db, user, of(event.params), { note, origin: originOf(event) })
		),
	accept: (event) =>
		act(event, 'settle', acceptInput, 'Accepted. Their people get a mail.', (user, { note }) =>
			settlements.accept(event.locals.db, user, of(event.params), { note, origin: originOf(event) })
		)
};

/** Reads the form, does what it asks, and says so; or what was wrong with it. */
async function act<Schema extends z.ZodObject>(
	{ locals: { db, user }, params, request, url }: RequestEvent,
	what: Act,
	schema: Schema,
	done: string,
	change: (user: User, data: z.infer<Schema>) => Promise<unknown>
) {
	permit(mayEver(user, what));
	// What this person may not read of the answer, they can't speak to either.
	await answers.read(db, user, of(params));
	const action = [...url.searchParams.keys()][0]?.slice(1);
	const form = await forms.read(request, schema);
	if (!form.ok) return fail(422, { ...form, action });
	const refused = await forms.attempt(form, () => change(user, form.data));
	return refused ? fail(422, { ...refused, action }) : { ok: true as const, done };
}

function of({ meeting, entity }: { meeting: string; entity: string }) {
	return { meeting_id: meeting, entity_id: entity };
}

function originOf({ locals, url }: RequestEvent) {
	return ownOrigin(locals.settings, url);
}
