import { existsSync, renameSync } from 'node:fs';
import { BadInput } from '#lib/domain/errors.ts';
import { migrations } from '#db/migrations/index.ts';

/** The path of an SQLite database, or nothing when the address names a PostgreSQL one. */
export function pathOf(url: string): string | undefined {
	return url.startsWith('sqlite:') ? url.slice('sqlite:'.length) : undefined;
}

/** The path of the database file, which must be there. */
export function existing(url: string, onPostgres: string): string {
	const path = pathOf(url);
	if (path === undefined) throw new BadInput(onPostgres);
	if (!existsSync(path))
		throw new BadInput(`There is no database at ${path}. DATABASE_URL says where to look.`);
	return path;
}

/** Opens a file as it lies there; the driver is loaded only now. */
export async function openFile(path: string, options: { readonly?: boolean } = {}) {
	const { default: Database } = await import('better-sqlite3');
	return new Database(path, { fileMustExist: true, ...options });
}

/** Reads every page of a file and follows every reference. Throws one sentence when it is not a sound Waymark database. */
export async function ensureSound(path: string) {
	let handle;
	try {
		handle = await openFile(path);
		const [row] = handle.pragma('integrity_check(1)') as { integrity_check: string }[];
		if (row?.integrity_check !== 'ok')
			throw new BadInput(`${path} is damaged (${row?.integrity_check.split('\n').at(-1)}).`);
		const dangling = handle.pragma('foreign_key_check') as { table: string }[];
		if (dangling.length > 0)
			throw new BadInput(
				`${path} is damaged: ${dangling.length} rows, the first in "${dangling[0]?.table}", refer to nothing.`
			);
		const names = handle.prepare('select name from kysely_migration order by name').pluck().all() as string[];
		const newer = names.find((name) => !(name in migrations));
		if (newer)
			throw new BadInput(
				`${path} was made by a newer Waymark (it has "${newer}"). Install that version first.`
			);
		handle.pragma('journal_mode = delete');
	} catch (cause) {
		if (cause instanceof BadInput) throw cause;
		throw new BadInput(
			`${path} is not a Waymark database (${cause instanceof Error ? cause.message : cause}).`
		);
	} finally {
		handle?.close();
	}
}

/** Moves a database out of the way, all of it in one file. Throws while anything else has it open. */
export async function setAside(path: string): Promise<string> {
	const handle = await openFile(path);
	try {
		handle.pragma('busy_timeout = 500');
		// Only the last one to leave can end write-ahead logging: this fails while a server runs on the file.
		handle.pragma('journal_mode = delete');
	} catch {
		throw new BadInput(`${path} is in use. Stop the server first.`);
	} finally {
		handle.close();
	}
	const aside = `${path}.before-${new Date().toISOString().slice(0, 19).replaceAll(':', '-')}`;
	renameSync(path, aside);
	return aside;
}
