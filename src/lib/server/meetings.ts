import type { Reader } from '#db/open.server.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { byName } from '#lib/domain/text.ts';
import { rounds } from './progress.ts';

export type Meeting = Awaited<ReturnType<typeof list>>[number];

const meetingsOf = (db: Reader) =>
	db
		.selectFrom('meeting as m')
		.leftJoin('freeze as f', 'f.meeting_id', 'm.id')
		.leftJoin('snapshot as s', (join) =>
			join.onRef('s.meeting_id', '=', 'f.meeting_id').onRef('s.frozen_at', '=', 'f.frozen_at')
		)
		.leftJoin('entity as h', 'h.id', 'm.host_id')
		.selectAll('m')
		.select(['f.frozen_at', 'f.sha256', 's.number as snapshot', 'h.name as host'])
		.orderBy('m.starts_on', 'desc')
		.orderBy('m.id');

const attendanceOf = (db: Reader) =>
	db
		.selectFrom('attendance')
		.select(['meeting_id', 'count', 'unit', 'mode', 'qualifier', 'source_url'])
		.orderBy('unit')
		.orderBy('count', 'desc')
		.orderBy('mode')
		.orderBy('source_url');

/** Every meeting, newest first; `round` says whether reports are asked for. Sources that disagree on who came are all kept. */
export async function list(db: Reader) {
	const came = Map.groupBy(await attendanceOf(db).execute(), ({ meeting_id }) => meeting_id);
	const rows = await meetingsOf(db).execute();
	return rows.map((row) => ({ ...row, round: row.due_on !== null, attendance: came.get(row.id) ?? [] }));
}

export async function get(db: Reader, id: string) {
	const row = canExist(id) && (await meetingsOf(db).where('m.id', '=', id).executeTakeFirst());
	if (!row) throw new NotFound(`There is no meeting "${id}".`);
	return { ...row, round: row.due_on !== null, attendance: await attendance(db, id) };
}

/** Every count of who came, with its source. */
export function attendance(db: Reader, meeting_id: string) {
	return attendanceOf(db).where('meeting_id', '=', meeting_id).execute();
}

/**
 * The meeting shown when none is asked for: the newest round anybody reported to, but for one whose reports are still coming
 * in: its first report would put nearly empty figures before everybody. Where there is no other, that one; else the newest.
 */
export async function latest(db: Reader) {
	const all = await rounds(db);
	const reported = await db
		.selectFrom('tally')
		.select('meeting_id')
		.where('scope_id', '=', 'all')
		.where('entity_id', '=', 'all')
		.where((eb) => eb(eb('reported', '+', eb.ref('confirmed')), '>', 0))
		.execute();
	const coming = await db
		.selectFrom('round_opening')
		.select('meeting_id')
		.where('due_at', '>', new Date().toISOString())
		.execute();
	const ids = new Set(reported.map(({ meeting_id }) => meeting_id));
	const early = new Set(coming.map(({ meeting_id }) => meeting_id));
	const told = all.filter(({ id }) => ids.has(id));
	return (
		told.findLast(({ id, frozen_at }) => frozen_at !== null || !early.has(id)) ?? told.at(-1) ?? all.at(-1)
	);
}

/** The round just before a meeting. For a meeting that is no round itself, the last one due before it began. */
export async function previousRound(db: Reader, meeting_id: string) {
	const all = await rounds(db);
	const place = all.findIndex(({ id }) => id === meeting_id);
	if (place >= 0) return all[place - 1];
	const { starts_on } = await get(db, meeting_id);
	return all.findLast(({ due_on }) => due_on < starts_on);
}

/** Every entity's answer to a round, by name; drafts left out. */
export async function answers(db: Reader, meeting_id: string) {
	const rows = await db
		.selectFrom('submission as s')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.select(['s.entity_id', 'e.name', 'e.kind', 's.state', 's.channel', 's.submitted_at', 's.reason'])
		.where('s.meeting_id', '=', meeting_id)
		.where('s.state', '<>', 'draft')
		.execute();
	return rows.sort(byName);
}
