import { byRule } from '#lib/domain/timing.ts';
import { spec } from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import { readsTrail } from '#lib/server/trail.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as places from '#lib/server/places.ts';
import { orSuggest } from '#lib/server/suggestions.ts';
import * as updates from '#lib/server/updates.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params: { id }, url }) => {
	const { reader, meeting, basis } = await chosen.read(db, url.searchParams);
	const initiative = await orSuggest(initiatives.get(reader, id), id, () => places.initiatives(reader, id));
	const history = await initiatives.history(reader, id, basis);
	const said = await updates.ofInitiative(reader, id);
	const between = await reviews.onInitiative(db, user, id);
	return {
		initiative,
		waiting: reviews.waitingAmong(user, between),
		exchanges: Object.fromEntries(between.map(({ id, exchange }) => [id, exchange])),
		files: await evidence.ofInitiative(db, user, id),
		trail: readsTrail(user, initiative),
		meeting,
		chart: meeting?.round
			? await spec(reader, 'initiative', { initiative: id, meeting: meeting.id, basis })
			: null,
		now: history.filter(({ meeting_id }) => meeting_id === meeting?.id),
		speaking: history.map(({ update_id }) => update_id),
		updates: said.map((update) => ({
			...update,
			rule: byRule(initiative, update.due_on ?? update.starts_on, update.stage === 'implemented')
		}))
	};
}) satisfies PageServerLoad;
