import type { Reason, Timing } from '#lib/domain/timing.ts';
import type { Stage } from '#lib/domain/stage.ts';
import type { Channel, Change, SubmissionState, Verdict } from '#lib/domain/words.ts';

/** A status update as its initiative's page tells it; `rule` is what the dates said on the day it was for. */
export type Said = {
	id: string;
	meeting: string;
	meeting_id: string;
	entity: string;
	entity_id: string;
	stage: Stage;
	timing: Timing | null;
	rule: Timing | null;
	reason_code: Reason | null;
	change: Change;
	progress_note: string | null;
	next_steps: string | null;
	support_needed: string | null;
	as_of: string | null;
	recorded_at: string;
	source_url: string | null;
	channel: Channel | null;
	state: SubmissionState | null;
	reviews: { verdict: Verdict; recorded_at: string; stage: Stage | null; timing: Timing | null }[];
};
