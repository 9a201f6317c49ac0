import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { mayEver } from '#lib/domain/access.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { one, read as parse } from '#lib/domain/schemas/filters.ts';
import { confirmInput } from '#lib/domain/schemas/review.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as forms from '#lib/server/forms.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as queue from '#lib/server/reviews/queue.ts';
import type { Actions, PageServerLoad } from './$types';

const pageSize = 50;
const asked = z.object({
	meeting: z.string().max(200).optional(),
	entity: z.string().max(200).optional(),
	element: z.string().max(200).optional(),
	show: one(queue.shows).default('new'),
	page: z.coerce.number('must be a number').int().min(1, 'must be 1 or more').max(100_000).default(1)
});

export const load = (async ({ locals: { db, user }, url }) => {
	permit(mayEver(user, 'review'));
	const given = Object.fromEntries(
		[...url.searchParams].filter(([name, value]) => name in asked.shape && value)
	);
	const { page, ...filters } = parse(asked, given);
	const meetings = await queue.meetings(db);
	const meeting = meetings.find(({ id }) => id === (filters.meeting ?? meetings[0]?.id));
	if (filters.meeting && !meeting)
		throw new NotFound('No answers to that meeting wait to be reviewed. Open the queue without it.');
	const found =
		meeting &&
		(await queue.read(db, user, {
			meeting_id: meeting.id,
			entity_id: filters.entity,
			element_id: filters.element,
			show: filters.show
		}));
	return {
		filters,
		meetings,
		meeting: meeting ?? null,
		found: found ? { ...found, updates: found.updates.slice((page - 1) * pageSize, page * pageSize) } : null,
		page,
		pages: Math.max(1, Math.ceil((found?.updates.length ?? 0) / pageSize))
	};
}) satisfies PageServerLoad;

export const actions: Actions = {
	confirm: async ({ locals: { db, user }, request }) => {
		permit(mayEver(user, 'review'));
		const form = await forms.read(request, confirmInput);
		if (!form.ok) return fail(422, form);
		const refused = await forms.attempt(form, () =>
			reviews.record(db, user, form.data.update, { verdict: 'confirmed' })
		);
		if (refused) return fail(422, refused);
		return { ok: true as const, confirmed: new Set(form.data.update).size };
	}
};
