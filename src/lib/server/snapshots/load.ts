import { createHash } from 'node:crypto';
import { setImmediate as breath } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sql } from 'kysely';
import { migrate } from '#db/migrate.server.ts';
import { openScratch, type Db, type Reader } from '#db/open.server.ts';
import type { SnapshotTable } from '#db/schema.ts';

const unzip = promisify(gunzip);

/** The lines of a snapshot, part by part, as they were written. */
export async function* parts(
	db: Reader,
	{ meeting_id, number }: Pick<SnapshotTable, 'meeting_id' | 'number'>
) {
	for (let place = 0; ; place++) {
		const part = await db
			.selectFrom('snapshot_part')
			.select(['name', 'lines'])
			.where('meeting_id', '=', meeting_id)
			.where('number', '=', number)
			.where('place', '=', place)
			.executeTakeFirst();
		if (!part) return;
		yield { name: part.name, lines: await unzip(part.lines) };
		await breath();
	}
}

/**
 * Makes a small database of a snapshot, so that every query that draws a live chart draws the frozen one. It is brought up to
 * date as any older database is. Refuses a snapshot that is not what was sealed.
 */
export async function load(db: Reader, snapshot: SnapshotTable): Promise<Db> {
	const scratch = await openScratch();
	await migrate(scratch);
	await sql`delete from revision`.execute(scratch);
	const indexes = await lift(scratch);
	const hash = createHash('sha256');
	let sheet: { table: string; columns: string[] } | undefined;
	let name = 'head';
	for await (const part of parts(db, snapshot)) {
		hash.update(part.lines);
		if (part.name === 'head') continue;
		let lines = part.lines.toString().trimEnd();
		if (part.name !== name) {
			const end = lines.indexOf('\n');
			sheet = JSON.parse(end < 0 ? lines : lines.slice(0, end)) as typeof sheet;
			name = part.name;
			lines = end < 0 ? '' : lines.slice(end + 1);
		}
		if (lines) await insert(scratch, sheet!, lines);
	}

	for (const index of indexes) {
		await sql.raw(index).execute(scratch);
		await breath();
	}
	const { meeting_id, frozen_at, sha256 } = snapshot;
	if (hash.digest('hex') !== sha256) throw new Error(broken(snapshot));
	await scratch.insertInto('freeze').values({ meeting_id, frozen_at, sha256 }).execute();
	await scratch.insertInto('snapshot').values(snapshot).execute();
	return scratch;
}

/** Takes the indexes away, and says how to make them: one made of all rows at once costs less than one kept row by row. */
async function lift(db: Db) {
	const { rows } = await sql<{ name: string; sql: string }>`select name, sql from sqlite_master
		where type = 'index' and sql is not null`.execute(db);
	for (const { name } of rows) await sql`drop index ${sql.id(name)}`.execute(db);
	return rows.map((row) => row.sql);
}

/** What a table wants, and a snapshot never says: who it was. */
const unsaid: Record<string, string[]> = { review_agreement: ['agreed_by'] };

/** Lines are JSON, and SQLite reads JSON: no value passes through our hands. */
function insert(db: Db, { table, columns }: { table: string; columns: string[] }, lines: string) {
	const missing = unsaid[table] ?? [];
	const values = sql.join([
		...columns.map((_, i) => sql`value ->> ${sql.lit(i)}`),
		...missing.map(() => sql.lit(''))
	]);
	return sql`insert into ${sql.table(table)} (${sql.join([...columns, ...missing].map((column) => sql.id(column)))})
		select ${values} from json_each(${`[${lines.replaceAll('\n', ',')}]`})`.execute(db);
}

export function broken({ meeting_id, number }: Pick<SnapshotTable, 'meeting_id' | 'number'>) {
	return `Snapshot ${number} of ${meeting_id} is not what was sealed: its checksum is another. Restore a backup.`;
}
