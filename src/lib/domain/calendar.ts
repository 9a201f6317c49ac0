import { interSessional } from './life.ts';
import { isAsAssumed } from './round.ts';

/** Something in a calendar: whole days (the last one included), or a moment. `id` stays the same whatever becomes of it. */
export type Entry = { id: string; summary: string; path: string } & (
	{ from: string; to: string; at?: undefined } | { at: string; from?: undefined }
);

export type Dated = {
	id: string;
	name: string;
	title: string;
	starts_on: string;
	ends_on: string | null;
	date_precision: string | null;
	mode: string | null;
	opens_on: string | null;
	due_on: string | null;
	/** Where the round was opened here: the moments themselves. */
	opening: { opened_at: string; due_at: string } | null;
};

/**
 * What of a meeting belongs into a calendar; for a round between two meetings nobody meets. A day that is known only to the
 * month is left out, and so are dates of a round that we assume: a calendar says them as if they were sure.
 */
export function entriesOf(meeting: Dated): Entry[] {
	const { name, title, starts_on, ends_on, date_precision, mode, opens_on, due_on, opening } = meeting;
	const key = encodeURIComponent(meeting.id);
	const path = `/meetings/${key}`;
	const whole = (what: string, day: string, summary: string): Entry => ({
		id: `${what}-${key}`,
		summary,
		path,
		from: day,
		to: day
	});
	const entries: Entry[] = [];
	if (mode !== interSessional && isKnown(starts_on, date_precision)) {
		const to = isKnown(ends_on, null) ? ends_on : starts_on;
		entries.push({
			id: `meeting-${key}`,
			summary: name === title ? name : `${name}: ${title}`,
			path,
			from: starts_on,
			to
		});
	}
	if (opening) {
		entries.push({
			id: `opening-${key}`,
			summary: `Reporting for ${name} opens`,
			path,
			at: opening.opened_at
		});
		entries.push({ id: `deadline-${key}`, summary: `Reports for ${name} are due`, path, at: opening.due_at });
	} else if (!isAsAssumed(meeting)) {
		if (isKnown(opens_on, null)) entries.push(whole('opening', opens_on, `Reporting for ${name} opens`));
		if (isKnown(due_on, null)) entries.push(whole('deadline', due_on, `Reports for ${name} are due`));
	}
	return entries;
}

function isKnown(day: string | null, precision: string | null): day is string {
	return day !== null && /^\d{4}-\d{2}-\d{2}$/.test(day) && (precision === null || precision === 'day');
}
