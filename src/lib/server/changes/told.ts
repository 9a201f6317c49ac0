import type { Reader } from '#db/open.server.ts';
import { meetingName, type MeetingRef } from '#lib/charts/sentence.ts';
import type { Filter } from '#lib/charts/spec.ts';
import { figures } from '#lib/charts/telling-figures.ts';
import { telling } from '#lib/charts/telling.ts';
import type { Figures } from '#lib/domain/wording.ts';
import * as changes from '../changes.ts';
import type * as plans from '../plans.ts';
import * as texts from './texts.ts';

export type Compared = {
	meeting: MeetingRef;
	from: MeetingRef;
	plan: plans.Plan;
	/** The plan at the earlier meeting: the same one, or one before it. */
	from_plan: plans.Plan;
	basis: 'known' | 'presented';
};

export type Told = {
	changed: changes.Changes;
	figures: Figures;
	/** Written from the data. */
	written: string;
	/** What the office wrote in its place, where it did. */
	own: texts.ChangeText | undefined;
};

/** What changed between two meetings, with its figures and the words that name them. */
export async function tell(db: Reader, compared: Compared): Promise<Told> {
	const { meeting, from, plan, from_plan, basis } = compared;
	const changed = await changes.between(db, {
		plan_id: plan.id,
		from_plan_id: from_plan.id,
		from_id: from.id,
		to_id: meeting.id,
		basis
	});
	const renewal =
		from_plan.id === plan.id ? undefined : { from: from_plan.short_title, to: plan.short_title };
	return {
		changed,
		figures: figures(changed, { now: filter(compared), before: filterBefore(compared) }),
		own: await texts.newest(db, textOf(compared), basis === 'presented' ? meeting.frozen_at : null),
		written: telling(changed, {
			from: meetingName(from),
			to: meetingName(meeting),
			...(renewal && { renewal })
		})
	};
}

/** Which text tells of this comparison. */
export function textOf({ meeting, from, plan, from_plan }: Compared): texts.Which {
	return { meeting_id: meeting.id, from_id: from.id, plan_id: plan.id, from_plan_id: from_plan.id };
}

/** What every list of what changed asks for. */
export function filter({ meeting, from, plan, from_plan, basis }: Compared): Filter {
	return {
		plan: plan.id,
		meeting: meeting.id,
		from: from.id,
		...(from_plan.id !== plan.id && { from_plan: from_plan.id }),
		...(basis === 'presented' && { basis })
	};
}

function filterBefore({ from, from_plan, basis }: Compared): Filter {
	return { plan: from_plan.id, meeting: from.id, ...(basis === 'presented' && { basis }) };
}
