/** Is it on time? Red, amber and green are kept for this question, always with a shape and a word. */
export const timings = ['on_track', 'at_risk', 'off_track'] as const;
export type Timing = (typeof timings)[number];

export const label: Record<Timing, string> = {
	on_track: 'On track',
	at_risk: 'At risk',
	off_track: 'Off track'
};

export const means: Record<Timing, string> = {
	on_track: 'No date has passed with work left open.',
	at_risk:
		'A milestone has passed and is not done, or the reporter sees trouble ahead. It asks for a reason.',
	off_track:
		'The target date has passed and the work is not finished, or the reporter says so. It asks for a reason.'
};

/** A shape for each, so that no meaning hangs on colour. */
export const shape: Record<Timing, string> = { on_track: '●', at_risk: '▲', off_track: '■' };

export const reasons = [
	'resources',
	'legislation',
	'procurement',
	'ict',
	'partner',
	'staffing',
	'priority_changed',
	'external_event',
	'other'
] as const;
export type Reason = (typeof reasons)[number];

export const reasonLabel: Record<Reason, string> = {
	resources: 'Resources',
	legislation: 'Legislation',
	procurement: 'Procurement',
	ict: 'ICT',
	partner: 'Partner',
	staffing: 'Staffing',
	priority_changed: 'Priority changed',
	external_event: 'External event',
	other: 'Other'
};

type Dates = { target_on: string | null; milestones: { due_on: string | null; done_on: string | null }[] };

/**
 * What the dates say on a day: off track once the target has passed unfinished, at risk while a milestone is
 * overdue, on track otherwise; null when there is no date to judge by.
 */
export function byRule(dates: Dates, today: string, finished: boolean): Timing | null {
	if (finished) return 'on_track';
	if (dates.target_on && dates.target_on < today) return 'off_track';
	const dated = dates.milestones.filter((milestone) => milestone.due_on);
	const open = (day: string | null) => day === null || day > today;
	if (dated.some((milestone) => milestone.due_on! < today && open(milestone.done_on))) return 'at_risk';
	return dates.target_on || dated.length > 0 ? 'on_track' : null;
}
