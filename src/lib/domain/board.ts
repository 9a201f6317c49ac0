import { isLate } from './round.ts';
import type { Channel, SubmissionState } from './words.ts';

/** How an entity has answered a round, as its response board says it. Every entity that was asked is exactly one of these. */
export const ways = ['answered', 'late', 'nil', 'returned', 'draft', 'silent', 'excused'] as const;
export type Way = (typeof ways)[number];

export const wayLabel: Record<Way, string> = {
	answered: 'Answered',
	late: 'Answered late',
	nil: 'Nothing to report',
	returned: 'Returned to be corrected',
	draft: 'Writing',
	silent: 'Not heard from yet',
	excused: 'Excused'
};

/** What is true of some of them besides. */
export const marks = ['accepted', 'on_behalf', 'no_contact'] as const;
export type Mark = (typeof marks)[number];

export const markLabel: Record<Mark, string> = {
	accepted: 'Accepted',
	on_behalf: 'Entered on their behalf',
	no_contact: 'No contact person'
};

export type Answer = {
	state: SubmissionState | null;
	channel: Channel | null;
	submitted_at: string | null;
	/** How many status updates speak for it. */
	updates: number;
	/** Has somebody of theirs begun to write? */
	drafting: boolean;
};

/** The way an entity has answered. `due_at` is the moment answers were due, or the last moment of that day. */
export function wayOf(
	{ state, channel, submitted_at, updates, drafting }: Answer,
	due_at: string | null
): Way {
	if (state === 'excused') return 'excused';
	if (state === 'returned') return 'returned';
	const sent = state === 'submitted' || state === 'accepted';
	// What a public source says was read, not reported: they have not answered.
	if (sent && channel !== 'public_record') {
		if (updates === 0) return 'nil';
		return isLate(submitted_at, due_at) ? 'late' : 'answered';
	}
	if (state === null && updates > 0) return 'answered';
	return drafting || state === 'draft' ? 'draft' : 'silent';
}

/** May they be asked once more? */
export function isMissing(way: Way) {
	return way === 'silent' || way === 'draft' || way === 'returned';
}
