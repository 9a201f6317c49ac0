import type { Reader } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import type { Moved } from '#lib/domain/movement.ts';
import { spec } from '#lib/server/charts.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';
import type { PageServerLoad } from './$types';

/** What a reader asks for first, first. What stayed the same is only counted. */
const listed = ['up', 'down', 'new', 'ended', 'silent', 'back'] as const satisfies Moved[];
const most = 100;

export const load = (async ({ locals: { db }, params, url }) => {
	const meeting = await chosen.meeting(db, params.meeting);
	const { plan, plans, basis, rounds } = await chosen.read(db, url.searchParams);
	const from_id = url.searchParams.get('from')?.trim() || (await meetings.previousRound(db, meeting.id))?.id;
	const from = from_id === undefined ? undefined : rounds.find(({ id }) => id === from_id);
	if (from_id !== undefined && !from) await chosen.meeting(db, from_id);
	if (from_id !== undefined && !from)
		throw new BadInput(`There is no round "${from_id}" to compare with. Choose an earlier one.`);
	const at = plan && from && meeting.round && { plan: plan.id, meeting: meeting.id, from: from.id, basis };
	return {
		meeting,
		from,
		plan,
		plans,
		basis,
		earlier: rounds.slice(
			0,
			Math.max(
				0,
				rounds.findIndex(({ id }) => id === meeting.id)
			)
		),
		changes: at ? await changes(db, at) : null
	};
}) satisfies PageServerLoad;

async function changes(
	db: Reader,
	at: { plan: string; meeting: string; from: string; basis: chosen.Chosen['basis'] }
) {
	const chart = await spec(db, 'movement', at);
	const elements = mainLayer(await plans.elements(db, at.plan));
	const movement = await progress.movement(db, {
		plan_id: at.plan,
		from_id: at.from,
		to_id: at.meeting,
		basis: at.basis
	});
	const lists = [];
	for (const moved of listed) {
		const { rows, total } = await initiatives.search(db, { ...at, moved }, { limit: most, sort: 'title' });
		lists.push({ moved, rows, total });
	}
	return {
		chart,
		total: movement.total,
		elements: elements.map((element) => ({
			element,
			moved: movement.elements.find(({ element_id }) => element_id === element.id)!
		})),
		lists
	};
}
