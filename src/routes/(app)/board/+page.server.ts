import { redirect } from '@sveltejs/kit';
import { NotFound } from '#lib/domain/errors.ts';
import * as boards from '#lib/server/boards.ts';
import type { PageServerLoad } from './$types';

/** The board of the round that takes answers now. */
export const load: PageServerLoad = async ({ locals: { db } }) => {
	const newest = await boards.newest(db);
	if (!newest)
		throw new NotFound('There is no round of reporting yet: the Vice-Chair’s office opens the first one.');
	redirect(303, `/meetings/${encodeURIComponent(newest)}/board`);
};
