import { createHash } from 'node:crypto';
import type { Entry } from '#lib/domain/calendar.ts';

/** Where the links lead, and when anything in it last changed. */
type Made = { origin: string; changed_at: string; name: string };

const day = 86_400_000;

/** A calendar as programs read it (RFC 5545). The library is loaded when somebody asks for one. */
export async function ics(entries: Entry[], { origin, changed_at, name }: Made): Promise<string> {
	const { default: ical } = await import('ical-generator');
	// The library does not guard a calendar's name as it does an event's.
	const calendar = ical({
		name: name.replace(/[^\p{L}\p{N} .-]+/gu, ' ').slice(0, 60),
		prodId: '//Waymark//Waymark//EN'
	});
	const host = new URL(origin).hostname;
	for (const entry of entries) {
		calendar.createEvent({
			id: `${uid(entry.id)}@${host}`,
			stamp: new Date(changed_at),
			summary: entry.summary,
			url: origin + entry.path,
			...(entry.at === undefined
				? { allDay: true, start: new Date(entry.from), end: new Date(Date.parse(entry.to) + day) }
				: { start: new Date(entry.at), end: new Date(entry.at) })
		});
	}
	return `${calendar.toString()}\r\n`;
}

/** A name of any length and script in the letters that every calendar takes. */
function uid(id: string) {
	return /^[\w.-]{1,60}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 40);
}

export const headers = { 'content-type': 'text/calendar; charset=utf-8' };
