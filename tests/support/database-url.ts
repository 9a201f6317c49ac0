import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { open } from '#db/open.server.ts';
import { folder } from './process.ts';

/** The address of a database that several processes can open: a file, or a PostgreSQL database of its own. */
export async function ownDatabase(): Promise<string> {
	const server = process.env.TEST_DATABASE_URL;
	if (!server?.startsWith('postgres')) return `sqlite:${join(folder(), 'waymark.db')}`;
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	const admin = await open(server);
	await sql`create database ${sql.id(name)}`.execute(admin);
	onTestFinished(async () => {
		await sql`drop database ${sql.id(name)} with (force)`.execute(admin);
		await admin.destroy();
	});
	return Object.assign(new URL(server), { pathname: `/${name}` }).href;
}
