import { mainLayer } from '#lib/domain/layer.ts';
import { isScaffold } from '#lib/domain/plan-words.ts';
import { empty } from '#lib/domain/tally.ts';
import * as attention from '#lib/server/attention.ts';
import * as charts from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';
import type { Reader } from '#db/open.server.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, url }) => {
	const {
		reader,
		plan,
		meeting,
		basis,
		weighting,
		plans: all,
		rounds
	} = await chosen.read(db, url.searchParams);
	const choice = { basis, weighting, plans: all.map(named), rounds: rounds.map(dated) };
	if (!plan || !meeting) return { ...choice, plan: null, meeting: null, figures: null, chart: null };
	const stand = await figures(reader, { plan_id: plan.id, meeting_id: meeting.id, basis });
	const drawn = { plan: plan.id, meeting: meeting.id, basis, weighting };
	return {
		...choice,
		plan: { ...named(plan), title: plan.title, completeness: plan.completeness },
		meeting: placed(meeting),
		figures: stand,
		chart: stand.total.expected > 0 ? await charts.spec(reader, 'stages', drawn) : null
	};
};

// Only what is shown: this page must arrive fast on a slow line.
const named = ({ id, short_title, role }: plans.Plan) => ({ id, short_title, role });
const dated = ({ id, title, series, number, starts_on }: progress.RoundMeeting) => ({
	id,
	title,
	series,
	number,
	starts_on
});
const placed = ({ id, title, series, number, round, ...when }: Awaited<ReturnType<typeof meetings.get>>) => {
	const { starts_on, ends_on, date_precision, frozen_at, place } = when;
	return { id, title, series, number, round, starts_on, ends_on, date_precision, frozen_at, place };
};

/** How the plan and its main layer stand at the meeting, what moved since the round before, and what needs attention. */
async function figures(
	db: Reader,
	at: { plan_id: string; meeting_id: string; basis: chosen.Chosen['basis'] }
) {
	const { plan_id, meeting_id, basis } = at;
	const elements = await plans.elements(db, plan_id);
	const standing = await progress.byElement(db, at);
	const previous = await meetings.previousRound(db, meeting_id);
	const movement =
		previous && (await progress.movement(db, { plan_id, from_id: previous.id, to_id: meeting_id, basis }));
	return {
		total: standing.total,
		previous: previous ? dated(previous) : null,
		moved: movement?.total ?? null,
		scaffold: isScaffold(elements),
		areas: mainLayer(elements).map(({ id, plan_id, code, title, kind }) => ({
			element: { id, plan_id, code, title, kind },
			tally: standing.elements.find(({ element_id }) => element_id === id)?.tally ?? empty(),
			moved: movement?.elements.find(({ element_id }) => element_id === id) ?? null
		})),
		attention: await attention.read(db, at)
	};
}
