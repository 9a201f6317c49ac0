import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { sql } from 'kysely';
import { migrate } from '#db/migrate.server.ts';
import { migrations } from '#db/migrations/index.ts';
import { open, type Db } from '#db/open.server.ts';

/**
 * A real, empty, migrated database for one test: SQLite in memory, or one of its own on the PostgreSQL that
 * `TEST_DATABASE_URL` names. Gone when the test ends.
 */
export async function emptyDatabase(): Promise<Db> {
	const server = process.env.TEST_DATABASE_URL;
	const db = server?.startsWith('postgres') ? await copied(server) : await open('sqlite::memory:');
	onTestFinished(() => db.destroy());
	await migrate(db);
	return db;
}

/** Making every table anew for each test took most of the time on PostgreSQL: a migrated database is copied instead. */
async function copied(server: string): Promise<Db> {
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	const admin = await open(server);
	const from = await template(server, admin);
	await sql`create database ${sql.id(name)} template ${sql.id(from)}`.execute(admin);
	onTestFinished(async () => {
		await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
		await admin.destroy();
	});
	return open(at(server, name));
}

let made: Promise<string> | undefined;

/** The database to copy, made by whichever process comes first and left there for the others. */
function template(server: string, admin: Db): Promise<string> {
	return (made ??= admin.connection().execute(async (one) => {
		const name = `migrated_${Object.keys(migrations).length}`;
		await sql`select pg_advisory_lock(4711)`.execute(one);
		try {
			const { rows } = await sql`select from pg_database where datname = ${name}`.execute(one);
			if (rows.length === 0) await make(server, name, one);
		} finally {
			await sql`select pg_advisory_unlock(4711)`.execute(one);
		}
		return name;
	}));
}

/** It gets its name when it is whole: one that a stopped run left half made is never copied. */
async function make(server: string, name: string, admin: Db) {
	const half = `half_${randomUUID().replaceAll('-', '')}`;
	await sql`create database ${sql.id(half)}`.execute(admin);
	const db = await open(at(server, half));
	await migrate(db);
	await db.destroy();
	await sql`alter database ${sql.id(half)} rename to ${sql.id(name)}`.execute(admin);
}

function at(server: string, name: string) {
	return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}
