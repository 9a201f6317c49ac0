import { isLate } from '#lib/domain/round.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import type { Channel, SubmissionState } from '#lib/domain/words.ts';

type Entity = { id: string; name: string; kind: string };
type Submission = {
	entity_id: string;
	state: SubmissionState;
	channel: Channel;
	submitted_at: string | null;
	reason: string | null;
};

export const ways = ['answered', 'late', 'nil', 'returned', 'public_record', 'silent', 'excused'] as const;
export type Way = (typeof ways)[number];
export type Answer = {
	id: string;
	name: string;
	kind: string;
	way: Way;
	fresh: number;
	expected: number;
	reason: string | null;
};

/**
 * How each that was asked answered: in time or late, that there is nothing to report, not at all, or excused. Where nothing came but a public source
 * says something, that is said apart: it was read, not reported. Entities keep the order they come in.
 */
export function sort(
	entities: readonly Entity[],
	asked: ReadonlyMap<string, Tally>,
	submissions: readonly Submission[],
	due_at: string | null
): Answer[] {
	return entities.flatMap(({ id, name, kind }) => {
		const tally = asked.get(id);
		const submission = submissions.find(({ entity_id }) => entity_id === id);
		const way = wayOf(tally, submission, due_at);
		if (!way) return [];
		const counts = { fresh: tally ? fresh(tally) : 0, expected: tally?.expected ?? 0 };
		return [{ id, name, kind, way, ...counts, reason: submission?.reason ?? null }];
	});
}

function wayOf(
	tally: Tally | undefined,
	submission: Submission | undefined,
	due_at: string | null
): Way | null {
	if (submission?.state === 'excused') return 'excused';
	if (!tally || tally.expected === 0) return null;
	if (submission?.state === 'returned') return 'returned';
	if (fresh(tally) === 0) return saysNothing(submission) ? 'nil' : 'silent';
	if (submission?.channel === 'public_record') return 'public_record';
	return isLate(submission?.submitted_at ?? null, due_at) ? 'late' : 'answered';
}

/** Was the reason given why there is nothing to report? */
function saysNothing(submission: Submission | undefined) {
	return (
		(submission?.state === 'submitted' || submission?.state === 'accepted') && Boolean(submission.reason)
	);
}
