/** How much mail somebody wants. Whatever signs them in always comes. */
export const choices = ['all', 'deadlines', 'none'] as const;
export type Choice = (typeof choices)[number];

export const choiceName: Record<Choice, string> = {
	all: 'Everything',
	deadlines: 'Deadlines only',
	none: 'Nothing but what signs me in'
};

export const choiceMeaning: Record<Choice, string> = {
	all: 'When a round opens, reminders from 30 days before it is due, what was returned or accepted, and the copy of what you submitted.',
	deadlines: 'Reminders from a week before a round is due, what is overdue, and what was returned to you.',
	none: 'Only links and codes that you asked for yourself.'
};

/** `needed` comes always, `deadline` unless somebody wants nothing, `news` only to those who want everything. */
type Weight = 'needed' | 'deadline' | 'news';

const kinds: Record<string, { label: string; weight: Weight }> = {
	sign_in: { label: 'Sign-in', weight: 'needed' },
	invitation: { label: 'Invitation', weight: 'needed' },
	digest: { label: 'Digest of what is due', weight: 'deadline' },
	reminder: { label: 'Reminder from the office', weight: 'deadline' },
	ready: { label: 'Answer ready to submit', weight: 'deadline' },
	returned: { label: 'Answer returned', weight: 'deadline' },
	accepted: { label: 'Answer accepted', weight: 'news' },
	copy: { label: 'Copy of an answer', weight: 'news' }
};

const kindOf = (kind: string) => (Object.hasOwn(kinds, kind) ? kinds[kind] : undefined);

/** A kind of mail as the log says it. */
export function kindName(kind: string) {
	return kindOf(kind)?.label ?? kind.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

/** Does somebody who chose this want mail of this kind? A kind we do not know counts as needed. */
export function wanted(choice: Choice, kind: string): boolean {
	const weight = kindOf(kind)?.weight ?? 'needed';
	return weight === 'needed' || choice === 'all' || (choice === 'deadlines' && weight === 'deadline');
}

/** May one do without it? Then the mail itself says how to end it. */
export function isOptional(kind: string) {
	return !wanted('none', kind);
}

const minute = 60_000;
const pauses = [1, 5, 15, 60, 120, 240, 480, 480].map((minutes) => minutes * minute);

/** How long to wait after so many tries that failed; nothing when, after a day, there is no point in another. */
export function pauseAfter(tries: number): number | undefined {
	return pauses[tries - 1];
}

/**
 * How long after it was written a mail is still of use. A code to sign in is good for ten minutes. A digest speaks of its day, "due
 * tomorrow": written from seven in the morning, it is over in the evening, and the next one tells how things stand then.
 */
export function lifetime(kind: string) {
	if (kind === 'sign_in') return 10 * minute;
	return kind === 'digest' ? 11 * 60 * minute : Infinity;
}

export type MailState = 'waiting' | 'sending' | 'sent' | 'failed' | 'unwanted';

export const stateName: Record<MailState, string> = {
	waiting: 'Waiting',
	sending: 'Being sent',
	sent: 'Sent',
	failed: 'Not sent',
	unwanted: 'Not wanted'
};

type Moments = {
	sent_at: string | null;
	failed_at: string | null;
	skipped_at: string | null;
	claimed_at: string | null;
};

export function stateOf({ sent_at, failed_at, skipped_at, claimed_at }: Moments): MailState {
	if (sent_at) return 'sent';
	if (skipped_at) return 'unwanted';
	if (failed_at) return 'failed';
	return claimed_at ? 'sending' : 'waiting';
}
