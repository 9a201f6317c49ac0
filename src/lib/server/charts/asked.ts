import { z } from 'zod';
import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { dayOf, meetingName } from '#lib/charts/sentence.ts';
import { shortMoment } from '#lib/domain/dates.ts';
import type { Setting } from '#lib/charts/setting.ts';
import type { Filter } from '#lib/charts/spec.ts';
import { read } from '#lib/domain/schemas/filters.ts';
import * as meetings from '../meetings.ts';
import * as plans from '../plans.ts';
import { rounds, type RoundMeeting } from '../progress.ts';
import * as site from '../site.ts';

const name = z.string().min(1).max(200);

/** What the address of a chart may ask for. */
export const chartParams = z
	.object({
		plan: name.meta({ description: 'The plan; `all` for everything', example: 'rsp-2022-2024' }),
		element: name.meta({ description: 'Only this element of the plan and what is below it' }),
		meeting: name.meta({ description: 'The round the chart speaks of', example: 'rcp-32' }),
		from: name.meta({ description: 'The earlier round of a movement; the one before when left out' }),
		to: name.meta({ description: 'The later round of a movement; the same as `meeting`' }),
		from_plan: name.meta({
			description: 'The plan at the earlier round of a movement, where it was renewed in between'
		}),
		basis: z.enum(['known', 'presented'], 'must be known or presented'),
		weighting: z.enum(['initiative', 'member'], 'must be initiative or member'),
		levels: z
			.enum(['top', 'all'], 'must be top or all')
			.meta({ description: 'Of a matrix: the top of the plan, or every element as a column' }),
		entity: name.meta({ description: 'Only this Member or body', example: 'FJI' }),
		initiative: name.meta({ description: 'The initiative a chart is about' })
	})
	.partial();

export type ChartParams = z.infer<typeof chartParams>;

/** What is asked for, settled: rows that exist, in place of names. */
export type Asked = {
	params: ChartParams;
	plan: plans.Plan | undefined;
	elements: plans.Element[];
	element: plans.Element | undefined;
	/** Plan, element or `all`. */
	scope_id: string;
	rounds: RoundMeeting[];
	meeting: RoundMeeting;
	basis: 'known' | 'presented';
	setting: Setting;
};

/** Settles what is asked for, with the usual plan and meeting where none is named; says what is wrong otherwise. */
export async function settle(db: Reader, given: Record<string, string>): Promise<Asked> {
	const params = read(chartParams, given);
	const { basis = 'known' } = params;
	const plan =
		params.plan === 'all'
			? undefined
			: params.plan
				? await plans.get(db, params.plan)
				: await usual(db, params);
	const elements = plan ? await plans.elements(db, plan.id) : [];
	const element = params.element === undefined ? undefined : elements.find(isNamed(params.element));
	if (params.element !== undefined && !element)
		throw new BadInput(
			`The plan "${plan?.id ?? 'all'}" has no element "${params.element}". Leave out element, or name one of the plan's.`
		);
	const all = await rounds(db);
	const meeting = await theMeeting(db, all, params.to ?? params.meeting);
	const filter: Filter = {
		...(plan && { plan: plan.id }),
		...(element && { element: element.id }),
		...(params.entity && { entity: params.entity }),
		...(basis === 'presented' && { basis })
	};
	const { changed_at } = await site.describe(db);
	const drawn = all.slice(0, all.findIndex(({ id }) => id === meeting.id) + 1);
	return {
		params,
		plan,
		elements,
		element,
		scope_id: element?.id ?? plan?.id ?? 'all',
		rounds: all,
		meeting,
		basis,
		setting: {
			of: element ? `${element.code} ${element.title}` : (plan?.short_title ?? 'all plans'),
			filter,
			params: { ...params },
			basis,
			as_of: asOf(meeting, basis, changed_at),
			snapshot: basis === 'presented' && meeting.frozen_at !== null ? meeting.snapshot : null,
			frozen: (params.to ?? params.meeting) !== undefined && meeting.frozen_at !== null,
			demonstration: await anyMadeUp(db, drawn, params.entity),
			sources: [
				{ label: 'status updates of the Members and bodies', href: null },
				...(plan ? [{ label: plan.title, href: `/plans/${encodeURIComponent(plan.id)}` }] : [])
			]
		}
	};
}

/** From which snapshot, or as of which moment. */
function asOf(meeting: RoundMeeting, basis: Basis, changed_at: string | null) {
	const { frozen_at, snapshot } = meeting;
	if (basis === 'known' || frozen_at === null)
		return changed_at ? `Live at ${shortMoment(changed_at)}, when the data last changed` : 'Live';
	const name = meetingName(meeting);
	return snapshot === null
		? `As presented: ${name} was frozen on ${dayOf(frozen_at)}`
		: `Snapshot ${snapshot} of ${name}, frozen on ${dayOf(frozen_at)}`;
}

/** Did anybody, or the one asked for, answer one of these rounds with made-up reports? */
async function anyMadeUp(db: Reader, rounds: readonly RoundMeeting[], entity_id: string | undefined) {
	if (rounds.length === 0) return false;
	const ids = rounds.map(({ id }) => id);
	const found = await db
		.selectFrom('submission')
		.select('channel')
		.where('channel', '=', 'demonstration')
		.where('meeting_id', 'in', ids)
		.$if(entity_id !== undefined, (asked) => asked.where('entity_id', '=', entity_id!))
		.limit(1)
		.executeTakeFirst();
	return found !== undefined;
}

const isNamed = (name: string) => (element: plans.Element) => element.id === name || element.code === name;

/** The plan of the element asked for, else the one every page begins with. */
async function usual(db: Reader, { element }: ChartParams) {
	const plan_id = element?.includes(':') ? element.slice(0, element.indexOf(':')) : undefined;
	return plan_id ? plans.get(db, plan_id) : plans.current(db);
}

async function theMeeting(db: Reader, all: readonly RoundMeeting[], id: string | undefined) {
	const found = id === undefined ? await meetings.latest(db) : all.find((round) => round.id === id);
	if (found) return found;
	if (id === undefined)
		throw new BadInput('There is no round of reporting yet, so there is nothing to draw.');
	await meetings.get(db, id);
	throw new BadInput(
		`Nothing is reported for the meeting "${id}", because it is no round. Choose a meeting with a due date.`
	);
}

/** The parts a scope is shown in: what is directly below an element, or at the top of the plan. */
export function parts({ elements, element }: Asked) {
	const found = element ? elements.filter(({ parent_id }) => parent_id === element.id) : topOf(elements);
	return found.map((one) => ({ ...one, href: elementHref(one) }));
}

/** Everything below a scope, in the plan's order. */
export function all({ elements, element }: Asked) {
	const place = element ? elements.findIndex(({ id }) => id === element.id) : -1;
	const end = element ? elements.findIndex(({ depth }, i) => i > place && depth <= element.depth) : -1;
	return elements
		.slice(place + 1, end < 0 ? undefined : end)
		.map((one) => ({ ...one, href: elementHref(one) }));
}

/** The top of a plan; where a single root has everything below it, what is below that. */
export function topOf(elements: readonly plans.Element[]): plans.Element[] {
	const tops = elements.filter(
		({ parent_id }) => parent_id === null || !elements.some(({ id }) => id === parent_id)
	);
	const [root] = tops;
	const below = elements.filter(({ parent_id }) => parent_id === root?.id);
	return tops.length === 1 && below.length > 0 ? below : tops;
}

export function elementHref({ plan_id, code }: plans.Element) {
	return `/plans/${encodeURIComponent(plan_id)}/${encodeURIComponent(code)}`;
}
