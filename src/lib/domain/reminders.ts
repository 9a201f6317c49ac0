import type { Choice } from './mail.ts';
import { daysBetween, localTime } from './zones.ts';

/** Digests are written from seven in the morning, where the reader is, and as a rule out before nine. */
export const morning = { from: 7, to: 9 };
/** A server that did not run in the morning makes up for it until then. */
const tooLate = 18;

const before = [30, 14, 7, 2, 1, 0];
const after = [1, 7, 14];
const soon = 7;

export type Round = { opened_at: string; due_at: string };
export type Reminder = 'opened' | 'due' | 'overdue';

/** Is this a time of day to write to somebody? */
export function isMorning(moment: Date, zone: string) {
	const { hour } = localTime(moment, zone);
	return hour >= morning.from && hour < tooLate;
}

/** The first morning that knows of something. */
function firstMorning(moment: string, zone: string) {
	const { day, hour } = localTime(new Date(moment), zone);
	return hour < morning.to ? day : next(day, 1);
}

/** The last morning from which something can still be done in time. */
function lastMorning(moment: string, zone: string) {
	const { day, hour } = localTime(new Date(moment), zone);
	return hour >= morning.to ? day : next(day, -1);
}

function next(day: string, days: number) {
	return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What somebody in a time zone is to be reminded of on a day, who wants so much mail; nothing on most days. */
export function reminderOn(
	day: string,
	round: Round,
	zone: string,
	choice: Choice = 'all'
): Reminder | undefined {
	const opens = firstMorning(round.opened_at, zone);
	if (choice === 'none' || day < opens) return undefined;
	const left = daysBetween(day, lastMorning(round.due_at, zone));
	if (left < 0) return after.includes(-left) ? 'overdue' : undefined;
	if (before.includes(left) && (choice === 'all' || left <= soon)) return 'due';
	return day === opens && choice === 'all' ? 'opened' : undefined;
}

/** How far off a moment is on the calendar of somebody there: "today", "tomorrow", "in 7 days", "3 days ago". */
export function howFar(moment: string, day: string, zone: string) {
	const days = daysBetween(day, localTime(new Date(moment), zone).day);
	if (days === 0) return 'today';
	if (days === 1) return 'tomorrow';
	if (days === -1) return 'yesterday';
	return days > 0 ? `in ${days} days` : `${-days} days ago`;
}
