import { spec } from '#lib/server/charts.ts';
import * as alignments from '#lib/server/alignments.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as plans from '#lib/server/plans.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, url }) => {
	const { plan, meeting, plans: all } = await chosen.read(db, url.searchParams);
	const pair = url.searchParams.get('pair')?.trim() ?? '';
	const tracked = all.filter(({ role, id }) => role === 'tracked' || id === plan?.id);
	const unserved = [];
	for (const { id, short_title, elements } of tracked) {
		unserved.push({ id, short_title, elements, items: await plans.unserved(db, id) });
	}
	return {
		plan,
		plans: all,
		pair,
		links: await alignments.list(db),
		unserved,
		// A chart is drawn as of a round; without one there are still links to read.
		chart: plan && meeting ? await spec(db, 'alignment', { plan: plan.id }) : null
	};
}) satisfies PageServerLoad;
