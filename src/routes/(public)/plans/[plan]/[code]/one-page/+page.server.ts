import { redirect } from '@sveltejs/kit';
import { address } from '#lib/domain/address.ts';
import * as chosen from '#lib/server/chosen.ts';
import { ofElement } from '#lib/server/one-page.ts';
import * as plans from '#lib/server/plans.ts';
import { orSuggest } from '#lib/server/suggestions.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, params, url }) => {
	const { reader, plan, meeting, basis, rounds } = await chosen.read(db, url.searchParams, {
		plan: params.plan
	});
	const element = await orSuggest(plans.element(reader, plan!.id, params.code), params.code, async () =>
		(await plans.elements(reader, plan!.id)).map(({ code, aliases, title }) => ({
			label: `${code} ${title}`,
			href: `/plans/${encodeURIComponent(plan!.id)}/${encodeURIComponent(code)}/one-page`,
			names: [code, aliases, title]
		}))
	);
	// Another name for it leads to the one address it has.
	if (element.code !== params.code) {
		const path = `/plans/${encodeURIComponent(plan!.id)}/${encodeURIComponent(element.code)}/one-page`;
		redirect(301, address(path, Object.fromEntries(url.searchParams)));
	}
	const at = meeting?.round && { plan_id: plan!.id, meeting_id: meeting.id, basis };
	return {
		element: { id: element.id, plan_id: element.plan_id, code: element.code, title: element.title },
		plan: plan!,
		meeting,
		basis,
		rounds,
		page: at ? await ofElement(reader, at, element) : null
	};
}) satisfies PageServerLoad;
