import type { Reader } from '#db/open.server.ts';
import { byDueDate } from '#lib/domain/order.ts';
import { key, known, type Calendar, type Subject } from '#lib/domain/standing.ts';
import * as calendars from '../standings/calendar.ts';
import * as subjects from '../standings/subjects.ts';

export type Asked = { initiative_id: string; entity_id: string };

/** Who is asked for what in a round that is open or was, also of those who are excused. */
export async function inRound(db: Reader, meeting_id: string, entity_id?: string): Promise<Asked[]> {
	let rows = db
		.selectFrom('standing')
		.select(['initiative_id', 'entity_id'])
		.where('meeting_id', '=', meeting_id)
		.where('basis', '=', 'known');
	if (entity_id !== undefined) rows = rows.where('entity_id', '=', entity_id);
	let excused = db
		.selectFrom('submission')
		.select('entity_id')
		.where('meeting_id', '=', meeting_id)
		.where('state', '=', 'excused');
	if (entity_id !== undefined) excused = excused.where('entity_id', '=', entity_id);
	const found = await rows.execute();
	for (const { entity_id } of await excused.execute())
		found.push(...(await ifNotExcused(db, meeting_id, entity_id)));
	return found;
}

/** What an entity would be asked if it had not been excused. */
async function ifNotExcused(db: Reader, meeting_id: string, entity_id: string): Promise<Asked[]> {
	const calendar = await calendars.read(db);
	calendar.submissions.delete(key(meeting_id, entity_id));
	const found: Asked[] = [];
	for (const initiative_id of await namedIn(db, entity_id))
		found.push(...of(await subjects.one(db, initiative_id), calendar, meeting_id));
	return found.filter((asked) => asked.entity_id === entity_id);
}

/** Who would be asked if a meeting's round were open with these days. */
export async function ifOpened(
	db: Reader,
	meeting_id: string,
	days: { opens_on: string; due_on: string }
): Promise<Asked[]> {
	const calendar = await calendars.read(db);
	const rounds = calendar.rounds.filter(({ id }) => id !== meeting_id);
	calendar.rounds = [...rounds, { id: meeting_id, ...days, frozen_at: null }].sort(byDueDate);
	calendar.days.set(meeting_id, days.due_on);
	const found: Asked[] = [];
	for await (const batch of subjects.all(db))
		for (const subject of batch) found.push(...of(subject, calendar, meeting_id));
	return found;
}

function of(subject: Subject, calendar: Calendar, meeting_id: string): Asked[] {
	return known(subject, calendar)
		.filter((standing) => standing.meeting_id === meeting_id)
		.map(({ entity_id }) => ({ initiative_id: subject.id, entity_id }));
}

/** The initiatives that name an entity, or of which it was asked by hand. */
export async function namedIn(db: Reader, entity_id: string): Promise<string[]> {
	const rows = await db
		.selectFrom('initiative_entity')
		.select('initiative_id')
		.where('entity_id', '=', entity_id)
		.union(db.selectFrom('expectation').select('initiative_id').where('entity_id', '=', entity_id))
		.union(db.selectFrom('status_update').select('initiative_id').where('entity_id', '=', entity_id))
		.execute();
	return rows.map(({ initiative_id }) => initiative_id);
}
