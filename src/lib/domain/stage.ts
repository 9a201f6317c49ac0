/** Where the work stands. The ladder runs from nothing done to done and in daily use. */
export const ladder = ['not_started', 'committed', 'pilot', 'partly_implemented', 'implemented'] as const;
export const offLadder = ['discontinued', 'superseded', 'not_applicable'] as const;
export const stages = [...ladder, ...offLadder] as const;

export type LadderStage = (typeof ladder)[number];
export type Stage = (typeof stages)[number];

export const label: Record<Stage, string> = {
	not_started: 'Not started',
	committed: 'Committed',
	pilot: 'Pilot',
	partly_implemented: 'Partly implemented',
	implemented: 'Implemented',
	discontinued: 'Discontinued',
	superseded: 'Superseded',
	not_applicable: 'Not applicable'
};

/** The written criterion a reporter reads before choosing. */
export const criterion: Record<Stage, string> = {
	not_started: 'Nothing has been decided or done yet.',
	committed: 'It has an owner, a date and a mandate.',
	pilot: 'A trial runs in a small share of places or with a few users.',
	partly_implemented: 'It is rolling out: not yet all places or all users.',
	implemented: 'Rule and daily practice agree, and nearly everyone meant to use it can.',
	discontinued: 'The work was stopped and will not go on.',
	superseded: 'Another initiative has taken its place.',
	not_applicable: 'It does not apply to this administration.'
};

/** The place on the ladder, 0 to 4, or null off it. */
export function rank(stage: Stage): number | null {
	const place = (ladder as readonly string[]).indexOf(stage);
	return place < 0 ? null : place;
}
