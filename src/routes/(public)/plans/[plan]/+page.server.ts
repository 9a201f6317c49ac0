import { BadInput } from '#lib/domain/errors.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import { isScaffold } from '#lib/domain/plan-words.ts';
import { empty } from '#lib/domain/tally.ts';
import * as alignments from '#lib/server/alignments.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params, url }) => {
	const all = await plans.list(db);
	const plan = await chosen.plan(db, params.plan);
	const { meeting, rounds, basis } = await chosen.read(db, onlyMeeting(url.searchParams));
	const elements = await plans.elements(db, plan.id);
	const served = await plans.servedCounts(db, plan.id);
	const at = meeting && { plan_id: plan.id, meeting_id: meeting.id, basis };
	const figures = at && (await progress.byElement(db, at));
	const links = await alignments.list(db);
	return {
		plan,
		meeting,
		rounds,
		basis,
		unserved: readUnserved(url.searchParams) ? (await plans.unserved(db, plan.id)).map(({ id }) => id) : null,
		elements: elements.map((element) => ({
			...element,
			served: served.get(element.id) ?? { main: 0, contributing: 0 },
			tally: figures?.elements.find(({ element_id }) => element_id === element.id)?.tally ?? empty()
		})),
		total: figures?.total ?? empty(),
		layer: mainLayer(elements).length,
		scaffold: isScaffold(elements),
		alignments: links.filter(
			({ from_plan_id, to_plan_id }) => from_plan_id === plan.id || to_plan_id === plan.id
		),
		before: all.filter(({ id }) => id === plan.succeeds_id).map(brief),
		after: all.filter(({ succeeds_id }) => succeeds_id === plan.id).map(brief)
	};
};

const brief = ({ id, short_title, title }: plans.Plan) => ({ id, short_title, title });

/** The plan is in the path here, so the address chooses the meeting and the basis alone. */
function onlyMeeting(params: URLSearchParams) {
	return new URLSearchParams([...params].filter(([name]) => name !== 'plan'));
}

function readUnserved(params: URLSearchParams) {
	const value = params.get('unserved');
	if (value && value !== '1') throw new BadInput('unserved must be 1, or be left out.');
	return value === '1';
}
