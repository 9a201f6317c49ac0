import { spec } from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, url }) => {
	const { reader, plan, meeting, basis, levels, plans, rounds } = await chosen.read(db, url.searchParams);
	const at = plan &&
		meeting && { plan: plan.id, meeting: meeting.id, basis, ...(levels === 'all' && { levels }) };
	return { plan, meeting, basis, plans, rounds, levels, chart: at ? await spec(reader, 'matrix', at) : null };
}) satisfies PageServerLoad;
