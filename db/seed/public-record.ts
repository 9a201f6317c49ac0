import type { Change } from '#lib/domain/words.ts';
import type { Stage } from '#lib/domain/stage.ts';
import { asked, covers } from './asked.ts';
import { at, firstDay, lastDay } from './days.ts';
import type { Facts, InitiativeFact } from './facts.ts';
import type { Row } from './tables.ts';

/**
 * A source's word for how far something is, read as cautiously as it can be:
 * completed: it was carried out, and nothing more will be reported, so it ends there.
 * in-progress: work goes on; nobody says it is everywhere.
 * launched: it began, and the source does not say how far it has spread, so no more than a trial.
 * endorsed, planned: somebody with a mandate has taken it on.
 * proposed: an idea put forward; committing asks for an owner, a date and a mandate.
 * unknown: says nothing, so there is no update.
 */
const readings: Record<string, { stage: Stage; change: Change } | null> = {
	completed: { stage: 'implemented', change: 'ended' },
	'in-progress': { stage: 'partly_implemented', change: 'new' },
	launched: { stage: 'pilot', change: 'new' },
	endorsed: { stage: 'committed', change: 'new' },
	planned: { stage: 'committed', change: 'new' },
	proposed: { stage: 'not_started', change: 'new' },
	unknown: null
};

export type PublicRecord = { submissions: Row[]; updates: Row[] };

/** What public sources say of each initiative, as updates for the first round due on or after the day they speak of. */
export function publicRecord(
	{ initiatives }: Facts,
	meetings: Row[],
	participants: Row[],
	memberships: Row[]
): PublicRecord {
	const whom = asked(participants);
	const counted = covers(memberships);
	const rounds = meetings
		.filter((meeting) => meeting.due_on)
		.sort((a, b) => String(a.due_on).localeCompare(String(b.due_on)));

	const updates = initiatives.flatMap((fact) => {
		const reading = readings[fact.status];
		if (reading === undefined)
			throw new Error(`Initiative ${fact.id} has the unread status "${fact.status}"`);
		if (!reading || !fact.status_as_of || !fact.date_start) return [];
		// A month or a year is known to be over only on its last day: nothing counts earlier than its source.
		const as_of = lastDay(fact.status_as_of);
		const since = [as_of, firstDay(fact.date_start)].sort()[1]!;
		const round = rounds.find((meeting) => String(meeting.due_on) >= since);
		if (!round) return [];
		return whom(fact.id)
			.filter((entity) => counted(entity, String(round.opens_on)))
			.map((entity) => ({
				id: `public-${fact.id}-${entity.toLowerCase()}`,
				initiative: fact.id,
				meeting: String(round.id),
				entity,
				...reading,
				progress_note: note(fact),
				as_of,
				recorded_at: at(as_of),
				source_url: fact.source_url
			}));
	});
	return { updates, submissions: submissions(updates) };
}

function note({ status, status_as_of, metrics }: InitiativeFact) {
	const figures = metrics.map(({ name, value, unit, as_of }) => `${name} ${value} (${unit}; ${as_of})`);
	const said = `Public record, as of ${status_as_of}: ${status.replaceAll('-', ' ')}.`;
	return figures.length > 0 ? `${said} Figures: ${figures.join('; ')}.` : said;
}

function submissions(updates: Row[]): Row[] {
	const latest = new Map<string, Row>();
	for (const { meeting, entity, recorded_at } of updates) {
		const key = `${meeting} ${entity}`;
		const known = String(latest.get(key)?.submitted_at ?? '');
		const submitted_at = [known, String(recorded_at)].sort()[1]!;
		latest.set(key, { meeting, entity, state: 'submitted', channel: 'public_record', submitted_at });
	}
	return [...latest.values()].sort((a, b) => {
		const [left, right] = [a, b].map(
			({ submitted_at, meeting, entity }) => `${submitted_at} ${meeting} ${entity}`
		);
		return left! < right! ? -1 : 1;
	});
}
