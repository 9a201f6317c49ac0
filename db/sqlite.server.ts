import Database from 'better-sqlite3';
import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver, type DatabaseConnection } from 'kysely';

/** SQLite as we use it: one connection, every transaction writes, and a migration that fails leaves nothing. */
export class Sqlite extends SqliteDialect {
	readonly #handle: Database.Database;

	constructor(handle: Database.Database) {
		super({ database: handle });
		this.#handle = handle;
	}

	override createAdapter() {
		return new Adapter();
	}

	override createDriver() {
		return new Driver({ database: this.#handle });
	}
}

/** Kysely takes SQLite's schema changes for non-transactional; they are not. */
class Adapter extends SqliteAdapter {
	override get supportsTransactionalDdl() {
		return true;
	}
}

/** A deferred transaction that turns into a write can fail half-way with "busy"; an immediate one waits first. */
class Driver extends SqliteDriver {
	override async beginTransaction(connection: DatabaseConnection) {
		await connection.executeQuery(CompiledQuery.raw('begin immediate'));
	}
}

/** Opens the file and reads back the settings that keep acknowledged writes: the driver's own default would lose some. */
export function openFile(path: string) {
	const handle = new Database(path);
	handle.pragma('journal_mode = WAL');
	handle.pragma('synchronous = FULL');
	handle.pragma('foreign_keys = ON');
	const memory = path === ':memory:';
	const kept = {
		journal_mode: handle.pragma('journal_mode', { simple: true }) === (memory ? 'memory' : 'wal'),
		synchronous: handle.pragma('synchronous', { simple: true }) === 2,
		foreign_keys: handle.pragma('foreign_keys', { simple: true }) === 1
	};
	for (const [name, ok] of Object.entries(kept)) {
		if (!ok) throw new Error(`The database at ${path} would not take the setting "${name}".`);
	}
	return handle;
}

/** A database for the time being: nothing in it has to outlive the process, so nothing waits for the disk. */
export function scratch() {
	const handle = new Database('');
	handle.pragma('journal_mode = OFF');
	handle.pragma('synchronous = OFF');
	handle.pragma('foreign_keys = OFF');
	handle.pragma(`cache_size = -${32 * 1024}`);
	return handle;
}
