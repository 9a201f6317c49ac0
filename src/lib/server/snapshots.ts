import type { Db, Reader } from '#db/open.server.ts';
import type { Basis, SnapshotTable } from '#db/schema.ts';
import * as meetings from './meetings.ts';
import { load } from './snapshots/load.ts';

/** As many bytes of snapshots as are kept open; the one asked for last in any case. */
const room = 128 * 1024 * 1024;

type Open = { database: Promise<Db>; size: number };

const open = new WeakMap<Reader, Map<string, Open>>();
const loaded = new WeakSet<Reader>();

/**
 * What to read a meeting from: as presented, its snapshot; as known now, and where it has none, the database. Every query takes
 * either. A snapshot is opened when it is first asked for and kept open for the next.
 */
export async function reading(db: Reader, meeting_id: string, basis: Basis): Promise<Reader> {
	if (basis === 'known' || loaded.has(db)) return db;
	const snapshot = await inForce(db, meeting_id);
	return snapshot ? opened(db, snapshot) : db;
}

/** The same for whoever may have named no meeting, and then means the newest with a report. */
export async function readingAny(
	db: Reader,
	{ meeting, basis = 'known' }: { meeting?: string | undefined; basis?: Basis | undefined }
): Promise<Reader> {
	if (basis === 'known' || loaded.has(db)) return db;
	const id = meeting ?? (await meetings.latest(db))?.id;
	return id === undefined ? db : reading(db, id, basis);
}

/** The snapshot of a meeting that is frozen with one. */
export function inForce(db: Reader, meeting_id: string) {
	return snapshotsOf(db, meeting_id)
		.innerJoin('freeze as f', (join) =>
			join.onRef('f.meeting_id', '=', 'snapshot.meeting_id').onRef('f.snapshot', '=', 'snapshot.number')
		)
		.executeTakeFirst();
}

/** One of a meeting's snapshots, in force or not. */
export function numbered(db: Reader, meeting_id: string, number: number) {
	return snapshotsOf(db, meeting_id).where('snapshot.number', '=', number).executeTakeFirst();
}

/** Every snapshot of a meeting, oldest first, with how it was undone where it was. */
export function list(db: Reader, meeting_id: string) {
	return snapshotsOf(db, meeting_id)
		.leftJoin('unfreeze as u', (join) =>
			join.onRef('u.meeting_id', '=', 'snapshot.meeting_id').onRef('u.number', '=', 'snapshot.number')
		)
		.select(['u.undone_at', 'u.undone_by', 'u.reason'])
		.orderBy('snapshot.number')
		.execute();
}

const snapshotsOf = (db: Reader, meeting_id: string) =>
	db.selectFrom('snapshot').selectAll('snapshot').where('snapshot.meeting_id', '=', meeting_id);

/** The snapshot as a database to read. */
export async function opened(db: Reader, snapshot: SnapshotTable): Promise<Reader> {
	const all = open.get(db) ?? new Map<string, Open>();
	open.set(db, all);
	const key = `${snapshot.meeting_id}#${snapshot.number}`;
	const found = all.get(key) ?? { database: load(db, snapshot), size: snapshot.size };
	// Moved to the end: in front is what nobody has asked for the longest. What is let go closes itself when it is collected.
	all.delete(key);
	all.set(key, found);
	let size = [...all.values()].reduce((sum, each) => sum + each.size, 0);
	for (const [oldest, each] of all) {
		if (size <= room || oldest === key) break;
		all.delete(oldest);
		size -= each.size;
	}
	try {
		const database = await found.database;
		loaded.add(database);
		return database;
	} catch (cause) {
		all.delete(key);
		throw cause;
	}
}
