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
	const { id } = await chosen.plan(db, params.plan);
	const { reader, meeting, rounds, basis } = await chosen.read(db, url.searchParams, { plan: id });
	const all = await plans.list(reader);
	const plan = await plans.get(reader, id);
	const elements = await plans.elements(reader, plan.id);
	const served = await plans.servedCounts(reader, plan.id);
	const at = meeting && { plan_id: plan.id, meeting_id: meeting.id, basis };
	const figures = at && (await progress.byElement(reader, at));
	const links = await alignments.list(reader);
	return {
		plan,
		meeting,
		rounds,
		basis,
		unserved: readUnserved(url.searchParams)
			? (await plans.unserved(reader, plan.id)).map(({ id }) => id)
			: null,
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

function readUnserved(params: URLSearchParams) {
	const value = params.get('unserved');
	if (value && value !== '1') throw new BadInput('unserved must be 1, or be left out.');
	return value === '1';
}
