import type { Act } from './access.ts';
import { BadInput } from './errors.ts';
import type { SubmissionState } from './words.ts';

/** How an entity's answer to a round stands; `none` before anything was sent. What is being written is a draft, kept elsewhere. */
export const answerStates = ['none', 'draft', 'submitted', 'returned', 'accepted', 'excused'] as const;
export type AnswerState = SubmissionState | 'none';

/** What can be done with an answer, and the act of the access table that somebody needs for it. */
export const needs = {
	submit: 'submit',
	excuse: 'submit',
	return: 'settle',
	accept: 'settle'
} as const satisfies Record<string, Act>;

export type Move = keyof typeof needs;
export const moves = Object.keys(needs) as Move[];

/**
 * What each move makes of each state: the one table. What is not in it is refused. Submitting again corrects: what was accepted
 * is then to be looked at once more.
 */
export const table: Record<AnswerState, Partial<Record<Move, SubmissionState>>> = {
	none: { submit: 'submitted', excuse: 'excused' },
	draft: { submit: 'submitted', excuse: 'excused' },
	submitted: { submit: 'submitted', return: 'returned', accept: 'accepted' },
	returned: { submit: 'submitted', excuse: 'excused' },
	accepted: { submit: 'submitted', return: 'returned' },
	excused: { submit: 'submitted' }
};

/** Has nobody submitted it yet? Status updates may be there all the same: programs send them one by one. */
export const isUnsent = (state: AnswerState) => state === 'none' || state === 'draft' || state === 'excused';

const refusals: Record<Move, string> = {
	submit: 'This answer can not be submitted now.',
	excuse: 'This answer has been submitted: what has answered needs no excuse. Return it first.',
	return: 'There is no submitted answer to return.',
	accept: 'There is no submitted answer to accept.'
};

/** The state a move leads to. Says in a sentence why not where there is none. */
export function move(state: AnswerState, what: Move): SubmissionState {
	const next = table[state][what];
	if (!next) throw new BadInput(refusals[what]);
	return next;
}

export const stateLabel: Record<AnswerState, string> = {
	none: 'Nothing sent yet',
	draft: 'Nothing sent yet',
	submitted: 'Submitted',
	returned: 'Returned to be corrected',
	accepted: 'Accepted',
	excused: 'Excused'
};
