import Database from 'better-sqlite3';
import {
	CompiledQuery,
	SqliteAdapter,
	SqliteDialect,
	SqliteDriver,
	SqliteQueryCompiler,
	type DatabaseConnection,
	type SqliteDatabase,
	type SqliteStatement
} from 'kysely';

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

	override createQueryCompiler() {
		return new Compiler();
	}

	override createDriver() {
		return new Driver({ database: remembering(this.#handle) });
	}
}

/** More texts than the application has; what is asked with lists of every length would otherwise pile up. */
const most = 500;

/**
 * Remembers what was prepared: the same few hundred texts are asked again and again, and preparing one takes about as long
 * as running it. What changes the schema makes it forget.
 */
function remembering(handle: Database.Database): SqliteDatabase {
	const prepared = new Map<string, SqliteStatement>();
	function make(text: string): SqliteStatement {
		const statement = handle.prepare(text);
		return {
			reader: statement.reader,
			all: (parameters) => statement.all(...parameters),
			run: (parameters) => statement.run(...parameters),
			// Rows are read while other queries run: that takes a statement of its own.
			iterate: (parameters) => handle.prepare(text).iterate(...parameters)
		};
	}
	return {
		close: () => void handle.close(),
		prepare: (text) => {
			if (!/^\s*(select|insert|update|delete|with|begin|commit|rollback|savepoint|release)\b/i.test(text)) {
				prepared.clear();
				return make(text);
			}
			const found = prepared.get(text);
			if (found) prepared.delete(text);
			const statement = found ?? make(text);
			prepared.set(text, statement);
			if (prepared.size > most) prepared.delete(prepared.keys().next().value!);
			return statement;
		}
	};
}

/**
 * Where a bare `?` is compared in a join, SQLite looks at its value to plan by, and so plans the query anew each time it is run: most
 * of what a small query cost. A plus in front changes no value and hides it from the planner.
 */
class Compiler extends SqliteQueryCompiler {
	protected override getCurrentParameterPlaceholder() {
		return '+?';
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
	// The pages one report touches do not fit into the two megabytes of the default.
	handle.pragma(`cache_size = -${16 * 1024}`);
	// What many reports touch is copied back from the log once for all of them; the log takes 16 megabytes for it.
	handle.pragma('wal_autocheckpoint = 4000');
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
