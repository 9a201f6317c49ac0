import { redirect } from '@sveltejs/kit';
import type { Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { BadInput } from '#lib/domain/errors.ts';
import * as chosen from '../chosen.ts';
import * as meetings from '../meetings.ts';
import * as progress from '../progress.ts';
import * as renewals from '../renewals.ts';
import type { Compared } from './told.ts';

/**
 * What an address compares, settled: the meeting with the one in `from`, or the round before it. A later one in `from` is
 * answered with the two exchanged. `compared` is null where there is nothing to compare: `why` says it.
 */
export async function read(db: Reader, meeting_id: string, url: URL) {
	const { id } = await chosen.meeting(db, meeting_id);
	const choice = await chosen.read(db, url.searchParams, { meeting: id });
	const { reader, plan, plans, rounds, basis, weighting, levels } = choice;
	const meeting = await meetings.get(reader, id);
	const from_id = asked(url, 'from') ?? (await meetings.previousRound(reader, meeting.id))?.id;
	const all = reader === db ? rounds : await progress.rounds(reader);
	const place = (id: string | undefined) => all.findIndex((round) => round.id === id);
	const round = all[place(from_id)];
	const from = round && (await meetings.get(reader, round.id));
	if (from_id !== undefined && !from) {
		const other = await chosen.meeting(db, from_id);
		throw new BadInput(
			other.round
				? `${meetingName(other)} is not among what ${meetingName(meeting)} was presented with. Compare with another meeting, or as known now.`
				: `Nothing was reported for ${meetingName(other)}, because it is no round. Choose a meeting with a due date to compare with.`
		);
	}
	const before = plan ? await renewals.before(reader, plans, plan) : [];
	const from_plan_id = asked(url, 'from_plan');
	if (from_plan_id !== undefined) await chosen.plan(db, from_plan_id);
	// One that this plan does not continue is left over from another choice.
	const from_plan = before.find(({ id }) => id === from_plan_id) ?? plan;
	if (from && meeting.round && place(from.id) > place(meeting.id))
		redirect(307, exchanged(url, meeting.id, from.id));

	const same = from?.id === meeting.id;
	const why = !meeting.round ? 'no round' : same ? 'same' : !from ? 'first' : !plan ? 'no plan' : null;
	const compared: Compared | null =
		why === null && plan && from && from_plan ? { meeting, from, plan, from_plan, basis } : null;
	return {
		reader,
		plan,
		plans,
		rounds,
		basis,
		weighting,
		levels,
		meeting,
		from,
		from_plan,
		compared,
		why,
		/** Every other round: any two can be compared. */
		others: rounds.filter(({ id }) => id !== meeting.id),
		/** The plans that this one continues. */
		before
	};
}

function asked(url: URL, name: string) {
	return url.searchParams.get(name)?.trim() || undefined;
}

/** The same comparison with the later meeting last. The plans stay: `plan` is the one at the later meeting. */
function exchanged({ pathname, searchParams }: URL, meeting: string, later: string) {
	const params = new URLSearchParams(searchParams);
	params.set('from', meeting);
	const path = pathname
		.split('/')
		.map((part) => (decodeURIComponent(part) === meeting ? encodeURIComponent(later) : part));
	return `${path.join('/')}?${params}`;
}
