import type { Stage } from './stage.ts';
import type { Timing } from './timing.ts';
import type { Verdict } from './words.ts';

export const verdictLabel: Record<Verdict, string> = {
	confirmed: 'Confirmed by a reviewer',
	queried: 'Queried by a reviewer',
	differs: 'A reviewer sees it differently'
};

/** What a reviewer said of an update; `agreed_at` is when the reporter's side agreed with a view that differed. */
export type Word = {
	verdict: Verdict;
	recorded_at: string;
	stage: Stage | null;
	timing: Timing | null;
	agreed_at: string | null;
};

/** The same as the two sides read it: with note and names. */
export type Exchanged = Word & { note: string | null; reviewer: string | null; agreed_by: string | null };

/** The newest review is the reviewer's word; those before it were taken back by it. */
export function lastWord<W extends { recorded_at: string }>(reviews: readonly W[]): W | undefined {
	return reviews.reduce<W | undefined>(
		(newest, review) =>
			newest && Date.parse(newest.recorded_at) > Date.parse(review.recorded_at) ? newest : review,
		undefined
	);
}

/**
 * What everybody may know: that a reviewer confirmed, or that both sides agreed to differ. Queries, and views that differ
 * while only one side holds them, stay between the two sides, and so do all notes.
 */
export function published<W extends Word>(reviews: readonly W[]) {
	const last = lastWord(reviews);
	if (!last || last.verdict === 'queried' || (last.verdict === 'differs' && last.agreed_at === null))
		return [];
	const { verdict, recorded_at, stage, timing } = last;
	return [{ verdict, recorded_at, stage, timing }];
}

/** Does the reporter's side still have to answer? */
export function isOpen({ verdict, agreed_at }: Pick<Word, 'verdict' | 'agreed_at'>) {
	return verdict === 'queried' || (verdict === 'differs' && agreed_at === null);
}
