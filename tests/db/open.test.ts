import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, onTestFinished, test } from 'vitest';
import { currentSchema, isSqlite } from '#db/dialect.ts';
import { migrate } from '#db/migrate.server.ts';
import { open, transact } from '#db/open.server.ts';
import { emptyDatabase } from '../support/database.ts';

const revision = async (db: Awaited<ReturnType<typeof emptyDatabase>>) =>
	(await db.selectFrom('revision').select('number').executeTakeFirstOrThrow()).number;

test('a change moves the revision on, once, however many changes it joins', async () => {
	const db = await emptyDatabase();
	const before = await revision(db);
	await transact(db, (trx) => transact(trx, async () => {}));
	expect(await revision(db)).toBe(before + 1);
});

test('a change that fails leaves nothing behind', async () => {
	const db = await emptyDatabase();
	const before = await revision(db);
	const plan = { id: 'p', short_title: 'P', title: 'P', level: 'regional' as const };
	const failing = transact(db, async (trx) => {
		await trx
			.insertInto('plan')
			.values(plan as never)
			.execute();
		throw new Error('the lights went out');
	});
	await expect(failing).rejects.toThrow('the lights went out');
	expect(await db.selectFrom('plan').select('id').execute()).toEqual([]);
	expect(await revision(db)).toBe(before);
});

test('a migration that fails leaves none of its tables', async () => {
	const db = await emptyDatabase();
	const schema = await currentSchema(db);
	const half = {
		async up(trx: typeof db) {
			await trx.schema.createTable('half_made').addColumn('id', 'text').execute();
			await sql`select * from nowhere`.execute(trx);
		}
	};
	const migrator = new Migrator({
		db,
		provider: { getMigrations: async () => ({ '0001-half': half }) },
		migrationTableName: 'other_migration',
		migrationLockTableName: 'other_lock',
		...(schema && { migrationTableSchema: schema })
	});
	expect((await migrator.migrateToLatest()).error).toBeDefined();
	const tables = (await db.introspection.getTables()).filter((table) => !schema || table.schema === schema);
	expect(tables.map(({ name }) => name)).not.toContain('half_made');
});

test('a database that a newer Waymark has changed is refused with a sentence', async () => {
	const db = await emptyDatabase();
	await sql`insert into kysely_migration (name, timestamp) values ('9999-tomorrow', '2099-01-01')`.execute(
		db
	);
	await expect(migrate(db)).rejects.toThrow(/made by a newer Waymark \(it has "9999-tomorrow"\)/);
});

test('a second migration finds nothing to do', async () => {
	const db = await emptyDatabase();
	expect(await migrate(db)).toEqual([]);
});

test('a SQLite file keeps what was acknowledged: write-ahead log, full synchronising, foreign keys', async () => {
	const path = join(mkdtempSync(join(tmpdir(), 'waymark-')), 'deeper', 'new.db');
	const db = await open(`sqlite:${path}`);
	onTestFinished(() => db.destroy());
	expect(isSqlite(db)).toBe(true);
	const pragma = async (name: string) =>
		Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0]!)[0];
	expect(await pragma('journal_mode')).toBe('wal');
	expect(await pragma('synchronous')).toBe(2);
	expect(await pragma('foreign_keys')).toBe(1);
});

test('an address of neither engine is refused with a sentence', async () => {
	await expect(open('mysql://somewhere')).rejects.toThrow(/must begin with "sqlite:" or "postgres:\/\/"/);
});

test('an impossible tally is refused by the database itself', async () => {
	const db = await emptyDatabase();
	await db
		.insertInto('meeting')
		.values({ id: 'm', series: 'RCP', title: 'M', starts_on: '2022-01-01' } as never)
		.execute();
	const wrong = db
		.insertInto('tally')
		.values({
			basis: 'known',
			meeting_id: 'm',
			scope_id: 'p',
			entity_id: 'all',
			expected: 3,
			missing: 2
		} as never)
		.execute();
	await expect(wrong).rejects.toThrow(/tally_adds_up/i);
});
