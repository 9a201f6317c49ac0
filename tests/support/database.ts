import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { sql } from 'kysely';
import { migrate } from '#db/migrate.server.ts';
import { open, type Db } from '#db/open.server.ts';

/**
 * A real, empty, migrated database for one test: SQLite in memory, or a schema of its own on the PostgreSQL that
 * `TEST_DATABASE_URL` names. Gone when the test ends.
 */
export async function emptyDatabase(): Promise<Db> {
	const server = process.env.TEST_DATABASE_URL;
	const db = server?.startsWith('postgres') ? await ownSchema(server) : await open('sqlite::memory:');
	onTestFinished(() => db.destroy());
	await migrate(db);
	return db;
}

async function ownSchema(server: string): Promise<Db> {
	const schema = `test_${randomUUID().replaceAll('-', '')}`;
	const admin = await open(server);
	await sql`create schema ${sql.id(schema)}`.execute(admin);
	onTestFinished(async () => {
		await sql`drop schema ${sql.id(schema)} cascade`.execute(admin);
		await admin.destroy();
	});
	const url = new URL(server);
	url.searchParams.set('options', `-c search_path=${schema}`);
	return open(url.href);
}
