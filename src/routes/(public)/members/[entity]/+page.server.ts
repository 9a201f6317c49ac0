import * as chosen from '#lib/server/chosen.ts';
import { spec } from '#lib/server/charts.ts';
import * as entities from '#lib/server/entities.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as places from '#lib/server/places.ts';
import { orSuggest } from '#lib/server/suggestions.ts';
import { stood } from './stood.server.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, params, url }) => {
	const { reader, plan, meeting, basis, plans, rounds } = await chosen.read(db, url.searchParams);
	const entity = await orSuggest(entities.get(reader, params.entity), params.entity, () =>
		places.entities(reader)
	);
	const at = plan &&
		meeting && {
			plan: plan.id,
			meeting: meeting.id,
			entity: entity.id,
			...(basis === 'presented' && { basis })
		};
	return {
		entity,
		plan,
		meeting,
		basis,
		plans,
		rounds,
		terms: await entities.terms(reader, { entity_id: entity.id }),
		chart: at && (await spec(reader, 'member', at)),
		asked: at && (await initiatives.search(reader, at)),
		silent: at && (await initiatives.search(reader, { ...at, freshness: 'not_fresh' })),
		areas: at && (await stood(reader, at)),
		takesPart: await initiatives.count(reader, { entity: entity.id })
	};
}) satisfies PageServerLoad;
