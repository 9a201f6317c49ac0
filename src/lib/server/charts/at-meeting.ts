import type { Reader } from '#db/open.server.ts';
import { matrix as matrixOf, type MatrixRow } from '#lib/charts/matrix.ts';
import { movement as movementOf, type Moving } from '#lib/charts/movement.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { empty } from '#lib/domain/tally.ts';
import * as changes from '../changes.ts';
import * as entities from '../entities.ts';
import * as plans from '../plans.ts';
import * as progress from '../progress.ts';
import { all, elementHref, parts, type Asked } from './asked.ts';

/** What moved between the meeting asked for and an earlier one, by default the round before. */
export async function movement(db: Reader, asked: Asked) {
	const { plan, element, rounds, meeting, basis, params, setting } = asked;
	if (!plan)
		throw new BadInput('Movement is counted within one plan: add plan=, for example plan=rsp-2022-2024.');
	if (params.entity) throw new BadInput('Movement is not counted for one Member. Leave out entity.');
	const place = rounds.findIndex(({ id }) => id === meeting.id);
	const from = params.from === undefined ? rounds[place - 1] : rounds.find(({ id }) => id === params.from);
	if (!from && params.from !== undefined)
		throw new BadInput(`There is no round "${params.from}" to compare with. Choose an earlier one.`);
	if (!from)
		throw new BadInput(`There is no round before ${meeting.id} to compare with. Choose a later meeting.`);
	if (rounds.indexOf(from) >= place)
		throw new BadInput('The meeting in from must come before the one in to. Exchange the two.');

	const from_plan = params.from_plan === undefined ? plan : await plans.get(db, params.from_plan);
	if (from_plan.id !== plan.id) return renewed(db, asked, from, from_plan);

	const moved = await progress.movement(db, { plan_id: plan.id, from_id: from.id, to_id: meeting.id, basis });
	const [before, now] = [
		await progress.byElement(db, { plan_id: plan.id, meeting_id: from.id, basis }),
		await progress.byElement(db, { plan_id: plan.id, meeting_id: meeting.id, basis })
	];
	const of = (element_id: string | undefined) => {
		if (element_id === undefined) return { movement: moved.total, before: before.total, now: now.total };
		const mine = <Row extends { element_id: string }>(rows: Row[]) =>
			rows.find((row) => row.element_id === element_id);
		return {
			movement: mine(moved.elements) ?? moved.total,
			before: mine(before.elements)?.tally ?? empty(),
			now: mine(now.elements)?.tally ?? empty()
		};
	};
	const filter = { meeting: meeting.id, from: from.id };
	const whole: Moving = { key: 'whole', title: setting.of, filter, ...of(element?.id) };
	const small = parts(asked).map((part): Moving => ({
		key: part.id,
		title: `${part.code} ${part.title}`,
		href: part.href,
		filter: { ...filter, element: part.id },
		...of(part.id)
	}));
	return movementOf(
		whole,
		small.filter(({ before, now }) => before!.expected + now!.expected > 0),
		{ from, to: meeting },
		setting
	);
}

/** The same over the renewal of a plan: of the whole and of what the later plan is shown by. */
async function renewed(
	db: Reader,
	{ plan, element, meeting, basis, setting }: Asked,
	from: progress.RoundMeeting,
	from_plan: plans.Plan
) {
	if (element)
		throw new BadInput(
			'Over the renewal of a plan movement is drawn for the whole of it. Leave out element.'
		);
	const changed = await changes.between(db, {
		plan_id: plan!.id,
		from_plan_id: from_plan.id,
		from_id: from.id,
		to_id: meeting.id,
		basis
	});
	const filter = { meeting: meeting.id, from: from.id, from_plan: from_plan.id };
	const parts = changed.elements
		.filter(({ before, now }) => before.expected + now.expected > 0)
		.map(({ element, before, now, movement }): Moving => ({
			key: element.id,
			title: `${element.code} ${element.title}`,
			href: elementHref(element),
			filter: { ...filter, element: element.id },
			movement,
			before,
			now
		}));
	const { before, now, movement: moved } = changed.total;
	return movementOf(
		{ key: 'whole', title: setting.of, filter, movement: moved, before, now },
		parts,
		{ from, to: meeting, renewal: { from: from_plan.short_title, to: plan!.short_title } },
		setting
	);
}

/** Every Member of the region on the day, asked or not, and every body that was asked. */
export async function matrix(db: Reader, asked: Asked) {
	const { plan, meeting, basis, params, setting } = asked;
	if (!plan) throw new BadInput('The matrix shows one plan: add plan=, for example plan=rsp-2022-2024.');
	const below = params.levels === 'all' ? all(asked) : parts(asked);
	const columns =
		below.length > 0 ? below : asked.element ? [{ ...asked.element, href: `/plans/${plan.id}` }] : [];
	const found = await progress.matrix(db, { plan_id: plan.id, meeting_id: meeting.id, basis });
	const rows = new Map(found.rows.map((row) => [row.entity_id, row]));
	const members = await entities.members(db, meeting.opens_on ?? meeting.due_on);
	const present = new Set(members.flatMap((group) => group.members.map(({ id }) => id)));
	const shown = (await entities.list(db)).filter(({ id }) =>
		params.entity ? id === params.entity : present.has(id) || rows.has(id)
	);
	if (params.entity && shown.length === 0) await entities.get(db, params.entity);
	return matrixOf(
		columns,
		shown.map((entity): MatrixRow => {
			const row = rows.get(entity.id);
			const cells = new Map(row?.cells.map(({ element_id, tally }) => [element_id, tally]));
			return {
				entity,
				total: (asked.element ? cells.get(asked.element.id) : row?.total) ?? empty(),
				cells: columns.map(({ id }) => ({ element_id: id, tally: cells.get(id) ?? empty() }))
			};
		}),
		meeting,
		setting
	);
}
