import { asked } from '#lib/server/deck.ts';
import * as chosen from '#lib/server/chosen.ts';
import { states } from '#lib/server/pack.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, params, url, setHeaders, depends }) => {
	depends('pack:files');
	const at = await asked(db, params.meeting, url.searchParams);
	const { plans, plan, meeting } = await chosen.read(db, url.searchParams, { meeting: params.meeting });
	const files = await states(db, { ...at, origin: url.origin });
	// Until all are there, the page is another one in a moment.
	if (files.some(({ state }) => state !== 'ready')) setHeaders({ 'cache-control': 'no-store' });
	return {
		meeting: meeting!,
		plan: plan!,
		plans,
		basis: at.basis ?? 'known',
		files
	};
}) satisfies PageServerLoad;
