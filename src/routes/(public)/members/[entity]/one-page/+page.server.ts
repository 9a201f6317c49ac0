import * as chosen from '#lib/server/chosen.ts';
import * as entities from '#lib/server/entities.ts';
import { ofMember } from '#lib/server/one-page.ts';
import * as places from '#lib/server/places.ts';
import { orSuggest } from '#lib/server/suggestions.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, params, url }) => {
	const { reader, plan, meeting, basis, plans, rounds } = await chosen.read(db, url.searchParams);
	const entity = await orSuggest(entities.get(reader, params.entity), params.entity, () =>
		places.entities(reader)
	);
	const at = plan && meeting?.round && { plan_id: plan.id, meeting_id: meeting.id, basis };
	return {
		entity: { id: entity.id, name: entity.name },
		plan,
		meeting,
		basis,
		plans,
		rounds,
		page: at ? await ofMember(reader, at, entity) : null
	};
}) satisfies PageServerLoad;
