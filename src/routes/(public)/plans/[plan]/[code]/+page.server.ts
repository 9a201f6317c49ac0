import { redirect } from '@sveltejs/kit';
import { address } from '#lib/domain/address.ts';
import { empty } from '#lib/domain/tally.ts';
import * as alignments from '#lib/server/alignments.ts';
import * as charts from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as entities from '#lib/server/entities.ts';
import * as indicators from '#lib/server/indicators.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';
import { orSuggest } from '#lib/server/suggestions.ts';
import type { Reader } from '#db/open.server.ts';
import type { PageServerLoad } from './$types';

/** As many initiatives as a page shows before it leads to the whole list. */
const most = 12;

export const load: PageServerLoad = async ({ locals: { db }, params, url }) => {
	const { id } = await chosen.plan(db, params.plan);
	const { reader, meeting, rounds, basis } = await chosen.read(db, url.searchParams, { plan: id });
	const plan = await plans.get(reader, id);
	const element = await orSuggest(plans.element(reader, plan.id, params.code), params.code, async () =>
		(await plans.elements(reader, plan.id)).map(({ code, aliases, title }) => ({
			label: `${code} ${title}`,
			href: `/plans/${encodeURIComponent(plan.id)}/${encodeURIComponent(code)}`,
			names: [code, aliases, title]
		}))
	);
	// Another name for it leads to the one address it has.
	if (element.code !== params.code) {
		const path = `/plans/${encodeURIComponent(plan.id)}/${encodeURIComponent(element.code)}`;
		redirect(301, address(path, Object.fromEntries(url.searchParams)));
	}
	const standing =
		meeting && (await progress.byElement(reader, { plan_id: plan.id, meeting_id: meeting.id, basis }));
	const tallyOf = (id: string) =>
		standing?.elements.find(({ element_id }) => element_id === id)?.tally ?? empty();
	const served = await plans.servedCounts(reader, plan.id);
	const servedOf = (id: string) => served.get(id) ?? { main: 0, contributing: 0 };
	const links = await alignments.list(reader);
	return {
		plan: { id: plan.id, short_title: plan.short_title, title: plan.title, completeness: plan.completeness },
		element,
		meeting,
		rounds,
		basis,
		tally: tallyOf(element.id),
		served: servedOf(element.id),
		children: element.children.map((child) => ({
			...child,
			depth: 0,
			tally: tallyOf(child.id),
			served: servedOf(child.id)
		})),
		/** Was anything ever expected here? Then there is something to draw. */
		over: (await progress.overMeetings(reader, { scope_id: element.id })).some(
			({ tally }) => tally.expected > 0
		),
		chart:
			meeting && meeting.round
				? await charts.spec(reader, 'stages', {
						plan: plan.id,
						element: element.id,
						meeting: meeting.id,
						basis
					})
				: null,
		main: await serving(reader, { element: element.id }),
		contributing: await serving(reader, { element: element.id, role: 'contributing' }),
		alignments: links.filter(({ from_id, to_id }) => from_id === element.id || to_id === element.id),
		coordinators: await entities.terms(reader, { element_id: element.id, role: 'area_coordinator' }),
		indicators: await indicators.ofElement(reader, element.id)
	};
};

async function serving(db: Reader, filters: { element: string; role?: 'contributing' }) {
	const { rows, total } = await initiatives.search(db, filters, { limit: most });
	return {
		total,
		rows: rows.map(({ id, title, entities, standings }) => ({ id, title, entities, standings }))
	};
}
