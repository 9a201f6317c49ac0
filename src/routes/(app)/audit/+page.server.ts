import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { read as parse } from '#lib/domain/schemas/filters.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as trail from '#lib/server/trail.ts';
import type { PageServerLoad } from './$types';

const name = z.string().max(200, 'must be 200 characters or less').optional();
const day = z.iso.date('must be a day, for example 2026-11-24').optional();

const asked = z.object({
	act: name,
	who: name,
	entity: name,
	meeting: name,
	initiative: name,
	from: day,
	to: day
});
const place = z.object({
	before: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(1, 'must be 1 or more')
		.optional(),
	follow: z.literal('1', 'must be 1').optional()
});

export const load = (async ({ locals: { db, user }, url }) => {
	permit(may(user, 'read_trail'));
	const given = Object.fromEntries([...url.searchParams].filter(([, value]) => value.trim() !== ''));
	const filters = parse(asked, given);
	const { before, follow } = parse(place, given);
	return {
		filters,
		before: before ?? null,
		acts: await trail.acts(db),
		state: await trail.state(db, { follow: follow !== undefined }),
		...(await trail.page(db, filters, before))
	};
}) satisfies PageServerLoad;
