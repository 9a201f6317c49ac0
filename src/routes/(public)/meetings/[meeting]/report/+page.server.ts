import * as chosen from '#lib/server/chosen.ts';
import { asked } from '#lib/server/deck.ts';
import { report } from '#lib/server/report.ts';
import type { PageServerLoad } from './$types';

// A document to read and to print: nothing in it waits for a script.
export const csr = false;

export const load = (async ({ locals: { db }, params, url }) => {
	const at = await asked(db, params.meeting, url.searchParams);
	const { reader, plan, plans, meeting, basis } = await chosen.read(db, url.searchParams, {
		meeting: params.meeting
	});
	return { meeting: meeting!, plan: plan!, plans, basis, report: await report(reader, at) };
}) satisfies PageServerLoad;
