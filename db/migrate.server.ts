import { Migrator } from 'kysely/migration';
import { pathToFileURL } from 'node:url';
import { currentSchema } from './dialect.ts';
import { migrations } from './migrations/index.ts';
import { open, type Db } from './open.server.ts';

/** Brings a database up to date and says which migrations ran. Refuses one that a newer Waymark has changed. */
export async function migrate(db: Db): Promise<string[]> {
	const schema = await currentSchema(db);
	const known = new Set(Object.keys(migrations));
	const newer = (await applied(db, schema)).filter((name) => !known.has(name));
	if (newer.length > 0) {
		throw new Error(
			`This database was made by a newer Waymark (it has "${newer.at(-1)}"). Install that version, or restore an older backup.`
		);
	}
	const migrator = new Migrator({
		db,
		provider: { getMigrations: async () => migrations },
		...(schema && { migrationTableSchema: schema })
	});
	const { error, results } = await migrator.migrateToLatest();
	if (error) throw error;
	return (results ?? []).filter((r) => r.status === 'Success').map((r) => r.migrationName);
}

async function applied(db: Db, schema: string | undefined) {
	const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
	const made = tables.some(
		(table) => table.name === 'kysely_migration' && (!schema || table.schema === schema)
	);
	if (!made) return [];
	const rows = await db
		.withTables<{ kysely_migration: { name: string } }>()
		.selectFrom('kysely_migration')
		.select('name')
		.orderBy('name')
		.execute();
	return rows.map((row) => row.name);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	const db = await open(process.env.DATABASE_URL ?? 'sqlite:data/waymark.db');
	const names = await migrate(db);
	await db.destroy();
	console.log(names.length > 0 ? `Applied ${names.join(', ')}.` : 'The database is up to date.');
}
