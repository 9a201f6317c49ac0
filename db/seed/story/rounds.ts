import { at, daysBetween, plusDays } from '../days.ts';
import type { Row } from '../tables.ts';
import type { Part } from './cast.ts';
import { dice } from './dice.ts';
import { label } from './texts.ts';

export type Round = { meeting: string; opens_on: string; due_on: string };

/** One entity's answer to one round. A `silent` answer leaves no row. */
export type Answer = {
	round: Round;
	entity: string;
	state: 'silent' | 'draft' | 'submitted' | 'returned' | 'accepted' | 'excused';
	sent_at: string;
	reason: string | null;
};

/** How many of the entities that report at all answer: it rises to the heads' conference of 2023, dips, and half recovers. */
const shares: Record<string, number> = {
	'rcp-31': 0.55,
	'rhca-23': 0.8,
	'rcp-32': 0.95,
	'rhca-24': 1,
	'rcp-33': 0.78,
	'rhca-25': 0.94
};

export function rounds(meetings: Row[]): Round[] {
	return meetings
		.filter((meeting) => meeting.due_on)
		.map(({ id, opens_on, due_on }) => ({
			meeting: String(id),
			opens_on: String(opens_on),
			due_on: String(due_on)
		}))
		.sort((a, b) => a.due_on.localeCompare(b.due_on));
}

/** What becomes of one answer in a named round, so that each state can be seen once or twice. */
const incidents: { meeting: string; state: Answer['state']; reason: string | null }[] = [
	{ meeting: 'rcp-32', state: 'excused', reason: label('nobody was free to report in this round.') },
	{ meeting: 'rcp-33', state: 'excused', reason: label('the office was moving house.') },
	{ meeting: 'rhca-24', state: 'returned', reason: label('sent back with a question about dates.') },
	{ meeting: 'rcp-33', state: 'returned', reason: label('sent back: the notes belong to another round.') },
	{ meeting: 'rhca-25', state: 'draft', reason: null },
	{ meeting: 'rhca-25', state: 'draft', reason: null }
];

/**
 * Who answers which round, and how. `taken` are the answers the public record holds: an incident there would hide what
 * a public source says.
 */
export function answers(parts: Part[], rounds: Round[], taken: (meeting: string, entity: string) => boolean) {
	const all = rounds.flatMap((round) =>
		parts
			.filter((part) => part.from_on <= round.opens_on)
			.map((part): Answer => ({ round, entity: part.entity, reason: null, ...attempt(part, round) }))
	);
	const luck = dice('incidents of the story');
	const struck = new Set<string>();
	for (const { meeting, state, reason } of incidents) {
		const free = all.filter(
			(answer) =>
				answer.round.meeting === meeting &&
				answer.state === 'submitted' &&
				/^[A-Z]/.test(answer.entity) &&
				!struck.has(answer.entity) &&
				!taken(meeting, answer.entity)
		);
		const answer = luck.pick(free);
		struck.add(answer.entity);
		Object.assign(answer, { state, reason });
	}
	// The Vice-Chair's office has accepted every report but those of the last round.
	for (const answer of all)
		if (answer.state === 'submitted' && answer.round.meeting !== 'rhca-25') answer.state = 'accepted';
	return all;
}

function attempt(part: Part, round: Round): Pick<Answer, 'state' | 'sent_at'> {
	const luck = dice(`answer ${part.entity} ${round.meeting}`);
	const will = part.reluctance * 0.55 + luck.roll() * 0.45;
	const answers =
		part.habit !== 'silent' && (part.habit === 'steady' ? !luck.chance(0.03) : will < shares[round.meeting]!);
	const length = daysBetween(round.opens_on, round.due_on);
	const isLate = luck.chance(part.late ? 0.65 : 0.06);
	const day = isLate
		? plusDays(round.due_on, luck.between(1, 21))
		: plusDays(round.opens_on, luck.between(10, length));
	return { state: answers ? 'submitted' : 'silent', sent_at: at(day, luck.between(0, 9 * 60)) };
}

export function submissions(answers: Answer[]): Row[] {
	return answers
		.filter(({ state }) => state !== 'silent')
		.map(({ round, entity, state, sent_at, reason }) => ({
			meeting: round.meeting,
			entity,
			state,
			channel: 'demonstration',
			submitted_at: state === 'draft' ? null : sent_at,
			reason
		}));
}
