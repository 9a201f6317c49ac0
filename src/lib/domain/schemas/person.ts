import { z } from 'zod';

// What is asked of people, and the sentence when it can't be used.

export const emailField = z
	.string()
	.trim()
	.min(1, 'Type an e-mail address.')
	.max(200, 'An e-mail address has at most 200 characters.')
	.regex(
		/^[^\s@<>,;:"\\()[\]]+@[^\s@<>,;:"\\()[\]]+\.[^\s@<>,;:"\\()[\].]+$/u,
		'Type an e-mail address, such as name@example.org.'
	);

export const nameField = z
	.string()
	.trim()
	.min(1, 'Type a name.')
	.max(120, 'A name has at most 120 characters.')
	.regex(/^[^\p{Cc}]*$/u, 'Type the name in one line.');

/** A day as a form's date field sends it. */
export const dayField = z
	.string()
	.regex(/^\d{4}-\d{2}-\d{2}$/, 'Choose a day.')
	.refine((day) => {
		const date = new Date(`${day}T00:00:00Z`);
		return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
	}, 'There is no such day.')
	.refine((day) => day >= '1990' && day < '2101', 'Choose a day between the years 1990 and 2100.');

/** The same, where it may be left open. */
export const openDayField = z
	.union([z.literal(''), dayField], { error: 'Choose a day, or leave it empty.' })
	.default('');

export const timeZoneField = z
	.string()
	.trim()
	.max(60, 'Choose a time zone of the list.')
	.refine((zone) => zone === '' || isTimeZone(zone), 'Choose a time zone of the list.')
	.default('');

export function isTimeZone(zone: string) {
	try {
		return Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
	} catch {
		return false;
	}
}
