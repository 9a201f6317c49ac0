import { acts, mayEver } from '#lib/domain/access.ts';
import { isOpen } from '#lib/server/settings.ts';
import * as site from '#lib/server/site.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { db, user, settings } }) => ({
	// Whoever may read nothing is told nothing of the data either.
	site: user || isOpen(settings) ? await site.describe(db) : null,
	visitor: user && { name: user.name, acts: acts.filter((act) => mayEver(user, act)) },
	trial: settings.MODE === 'demo'
});
