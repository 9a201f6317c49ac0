import { localTime } from './zones.ts';

type Dates = {
	starts_on: string;
	ends_on: string | null;
	opens_on: string | null;
	due_on: string | null;
	frozen_at: string | null;
	mode: string | null;
};

/** How a round was opened here: dates alone open nothing. */
type Opening = { opened_at: string; due_at: string; time_zone: string };

/** What a round without a meeting has for its mode: reports are asked for, and nobody meets. */
export const interSessional = 'inter-sessional';

export const stepNames = ['planned', 'open', 'due', 'in_session', 'frozen'] as const;
export type StepName = (typeof stepNames)[number];

export type LifeStep = {
	name: StepName;
	label: string;
	/** The day it was or will be reached, where one is known. */
	on: string | null;
	state: 'done' | 'current' | 'ahead';
};

/** Has the round been open? A meeting whose answers were due before today was reported to, whether it was opened here or not. */
export function wasOpened({ due_on }: Pick<Dates, 'due_on'>, today: string, opening?: Opening | null) {
	return Boolean(opening) || (due_on !== null && due_on < today);
}

/**
 * The life of a meeting on a day: planned, its round open, due, in session, frozen. A meeting that is no round has only the
 * first and the session; a round without a meeting has no session.
 */
export function life(meeting: Dates, today: string, opening?: Opening | null): LifeStep[] {
	const { starts_on, frozen_at } = meeting;
	const opened = opening?.opened_at.slice(0, 10) ?? meeting.opens_on;
	const due_on = opening ? localTime(new Date(opening.due_at), opening.time_zone).day : meeting.due_on;
	const reached = (day: string | null) => day !== null && day <= today;
	const round = meeting.due_on !== null;
	const all: (Omit<LifeStep, 'state'> & { reached: boolean; has: boolean })[] = [
		{ name: 'planned', label: 'Planned', on: null, reached: true, has: true },
		{
			name: 'open',
			label: 'Round open',
			on: opened,
			reached: wasOpened(meeting, today, opening),
			has: round
		},
		{ name: 'due', label: 'Reports due', on: due_on, reached: reached(due_on), has: round },
		{
			name: 'in_session',
			label: today > (meeting.ends_on ?? starts_on) ? 'Held' : 'In session',
			on: starts_on,
			reached: reached(starts_on),
			has: meeting.mode !== interSessional
		},
		{
			name: 'frozen',
			label: 'Frozen',
			on: frozen_at?.slice(0, 10) ?? null,
			reached: frozen_at !== null,
			has: round
		}
	];
	const steps = all.filter(({ has }) => has);
	const current = steps.findLastIndex((step) => step.reached);
	return steps.map(({ name, label, on }, i) => ({
		name,
		label,
		on,
		state: i < current ? 'done' : i === current ? 'current' : 'ahead'
	}));
}
