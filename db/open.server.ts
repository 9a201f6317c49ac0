import { Kysely } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { isDeadlock, isSqlite, steadily } from './dialect.ts';
import { prepared } from './prepared.ts';
import type { Schema } from './schema.ts';
import { together } from './together.ts';

/** A database that can be read and changed. Inside `transact`, the transaction itself. */
export type Db = Kysely<Schema>;

/** A database for reading: it has no verb that changes anything. */
export type Reader = Pick<Db, 'selectFrom' | 'with' | 'withRecursive' | 'fn' | 'getExecutor'>;

const addresses = new WeakMap<Db, string>();

/**
 * Opens `sqlite:path/to/file.db`, `sqlite::memory:` or `postgres://…`. The driver is loaded only for the engine asked
 * for. Throws one sentence when the address is of neither kind or the file can't be written.
 */
export async function open(url: string): Promise<Db> {
	if (url.startsWith('sqlite:')) {
		const { Sqlite, openFile } = await import('./sqlite.server.ts');
		const path = url.slice('sqlite:'.length);
		const db = new Kysely<Schema>({ dialect: new Sqlite(openable(path, openFile)) });
		if (path !== ':memory:') addresses.set(db, url);
		return db;
	}
	if (/^postgres(ql)?:\/\//.test(url)) {
		const { postgres } = await import('./postgres.server.ts');
		return new Kysely<Schema>({ dialect: postgres(url) });
	}
	throw new Error(
		'DATABASE_URL must begin with "sqlite:" or "postgres://", for example sqlite:data/waymark.db.'
	);
}

/** An empty database of this process alone, gone when it is let go; what does not fit into memory goes to the disk meanwhile. */
export async function openScratch(): Promise<Db> {
	const { Sqlite, scratch } = await import('./sqlite.server.ts');
	return new Kysely<Schema>({ dialect: new Sqlite(scratch()) });
}

/**
 * A long read of one steady state of the database, while others read and write it: a file of SQLite is opened a second time
 * for it, as our one connection would keep everybody waiting.
 */
export async function beside<T>(db: Db, read: (db: Db) => Promise<T>): Promise<T> {
	const url = addresses.get(db);
	if (url === undefined) return steadily(db, read);
	const second = await open(url);
	try {
		return await steadily(second, read);
	} finally {
		await second.destroy();
	}
}

function openable<Handle>(path: string, openFile: (path: string) => Handle): Handle {
	try {
		if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
		return openFile(path);
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message : String(cause);
		throw new Error(
			isNoDatabase(cause)
				? `The file ${path} is not a database of Waymark. Name another with DATABASE_URL, or move this file away: a new database is made then.`
				: `The database file ${path} can't be opened for writing (${reason}). Check the folder's rights.`,
			{ cause }
		);
	}
}

function isNoDatabase(cause: unknown) {
	return cause instanceof Error && 'code' in cause && cause.code === 'SQLITE_NOTADB';
}

/** Transactions that have moved the revision on. */
const moving = new WeakSet<Db>();

/**
 * One transaction around everything `change` does; joins the one already open. It moves the revision on, so whatever was worked
 * out before is known to be old. That comes first: on PostgreSQL whoever changes anything else then waits here, where
 * nobody can be waiting for them.
 * Inside, use only `trx`: SQLite has one connection, and asking `db` again would wait for itself.
 */
export function transact<T>(db: Db, change: (trx: Db) => Promise<T>): Promise<T> {
	if (moving.has(db)) return change(db);
	return transactAside(db, async (trx) => {
		moving.add(trx);
		try {
			await moveOn(trx, { changed_at: new Date().toISOString() });
			return await change(trx);
		} finally {
			moving.delete(trx);
		}
	});
}

const moveOn = prepared((trx: Db, { changed_at }: { changed_at: string }) =>
	trx.updateTable('revision').set((eb) => ({ number: eb('number', '+', 1), changed_at }))
);

/**
 * The same for what no published page shows: sessions, drafts, tokens, mail. The revision stays where it is, so what was
 * worked out for everybody stays good.
 */
export function transactAside<T>(db: Db, change: (trx: Db) => Promise<T>): Promise<T> {
	if (db.isTransaction) return change(db);
	return isSqlite(db) ? together(db, change) : untangled(() => db.transaction().execute(change));
}

/** Of two who wait for each other PostgreSQL ends one, which then has changed nothing and can begin anew. */
async function untangled<T>(change: () => Promise<T>, times = 3): Promise<T> {
	try {
		return await change();
	} catch (error) {
		if (times === 1 || !isDeadlock(error)) throw error;
		return untangled(change, times - 1);
	}
}
