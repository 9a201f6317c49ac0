import { mayEver } from '#lib/domain/access.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as trail from '#lib/server/trail.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params: { id } }) => {
	permit(mayEver(user, 'read_trail'));
	return trail.ofInitiative(db, user, id);
}) satisfies PageServerLoad;
