import type { Reader } from '#db/open.server.ts';
import { isFresh } from '#lib/domain/freshness.ts';
import { byRule } from '#lib/domain/timing.ts';
import { spec } from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as meetings from '#lib/server/meetings.ts';
import { readsTrail } from '#lib/server/trail.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as places from '#lib/server/places.ts';
import { orSuggest } from '#lib/server/suggestions.ts';
import * as updates from '#lib/server/updates.ts';
import type { PageServerLoad } from './$types';

/**
 * The round it was last reported for, when none is asked for. Of one initiative it may be one whose other reports are still
 * coming: whoever has just reported looks here for what they said.
 */
async function toldLast(db: Reader, url: URL, id: string): Promise<{ meeting?: string }> {
	if (url.searchParams.has('meeting') || url.searchParams.has('basis')) return {};
	const told = (await initiatives.history(db, id)).findLast(({ freshness }) => isFresh(freshness));
	const latest = await meetings.latest(db);
	if (!told || !latest?.due_on || !told.due_on || told.due_on <= latest.due_on) return {};
	return { meeting: told.meeting_id };
}

export const load = (async ({ locals: { db, user }, params: { id }, url }) => {
	const { reader, meeting, basis } = await chosen.read(db, url.searchParams, await toldLast(db, url, id));
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
			rule: byRule(
				initiative,
				notAfterToday(update.due_on ?? update.starts_on),
				update.stage === 'implemented'
			)
		}))
	};
}) satisfies PageServerLoad;

/** No date has passed yet that is still to come, though answers are due after it. */
function notAfterToday(day: string) {
	const today = new Date().toISOString().slice(0, 10);
	return today < day ? today : day;
}
