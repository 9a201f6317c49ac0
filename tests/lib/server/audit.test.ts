import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { isSqlite } from '#db/dialect.ts';
import { transact, type Db } from '#db/open.server.ts';
import * as audit from '#lib/server/audit.ts';
import { emptyDatabase } from '../../support/database.ts';
import { story } from '../../support/story.ts';

async function trail(lines: number) {
	const db = await emptyDatabase();
	for (let n = 1; n <= lines; n++)
		await transact(db, (trx) =>
			audit.record(trx, audit.commandLine, {
				act: 'rename',
				object: `entity ${n}`,
				before: 'old',
				after: { n }
			})
		);
	return db;
}

/** As somebody would who has the database and not the key: past the triggers. */
async function tamper(db: Db, change: (db: Db) => Promise<unknown>) {
	const triggers = ['audit_event_refuses_update', 'audit_event_refuses_delete'];
	for (const name of triggers) {
		await (
			isSqlite(db)
				? sql`drop trigger if exists ${sql.id(name)}`
				: sql`drop trigger if exists ${sql.id(name)} on audit_event`
		).execute(db);
	}
	await change(db);
}

test('each change leaves a line, and an untouched trail holds', async () => {
	const db = await trail(3);
	expect(await audit.verify(db)).toEqual([]);
	expect(
		await db.selectFrom('audit_event').select(['seq', 'actor', 'object', 'after']).orderBy('seq').execute()
	).toEqual(
		[1, 2, 3].map((seq) => ({ seq, actor: 'command line', object: `entity ${seq}`, after: `{"n":${seq}}` }))
	);
});

test('a change that fails leaves no line', async () => {
	const db = await trail(1);
	await expect(
		transact(db, async (trx) => {
			await audit.record(trx, audit.commandLine, { act: 'x', object: 'y' });
			throw new Error('no');
		})
	).rejects.toThrow('no');
	expect((await audit.head(db)).seq).toBe(1);
	expect(await audit.verify(db)).toEqual([]);
});

test('the database refuses to change or delete a line', async () => {
	const db = await trail(1);
	await expect(db.updateTable('audit_event').set({ actor: 'nobody' }).execute()).rejects.toThrow(
		'append-only'
	);
	await expect(db.deleteFrom('audit_event').execute()).rejects.toThrow('append-only');
});

test('nor does it let a line or a status update be replaced by another of its key', async () => {
	const db = await story();
	await transact(db, (trx) => audit.record(trx, audit.waymark, { act: 'a', object: 'b' }));
	for (const [table, key] of [
		['audit_event', 'seq'],
		['status_update', 'id']
	] as const) {
		const row = (await db.selectFrom(table).selectAll().executeTakeFirstOrThrow()) as never;
		const replaced = isSqlite(db)
			? db.replaceInto(table).values(row)
			: db
					.insertInto(table)
					.values(row)
					.onConflict((c) => c.column(key as never).doUpdateSet(row));
		await expect(replaced.execute(), table).rejects.toThrow('append-only');
	}
});

test('many at once make one chain', async () => {
	const db = await emptyDatabase();
	await Promise.all(
		Array.from({ length: 20 }, (_, n) =>
			transact(db, (trx) => audit.record(trx, audit.waymark, { act: 'a', object: String(n) }))
		)
	);
	expect((await audit.head(db)).seq).toBe(20);
	expect(await audit.verify(db)).toEqual([]);
});

const columns = [
	'at',
	'user_id',
	'actor',
	'act',
	'object',
	'entity_id',
	'meeting_id',
	'initiative_id',
	'before',
	'after',
	'key_id',
	'hash'
] as const;

test.each(columns)('a changed %s is found at its line', async (column) => {
	const db = await trail(4);
	await tamper(db, (db) =>
		db
			.updateTable('audit_event')
			.set({ [column]: 'forged' })
			.where('seq', '=', 3)
			.execute()
	);
	expect((await audit.verify(db)).join()).toContain('Line 3');
});

test('a line taken out, swapped or added is found', async () => {
	const gone = await trail(4);
	await tamper(gone, (db) => db.deleteFrom('audit_event').where('seq', '=', 2).execute());
	expect(await audit.verify(gone)).toEqual(['Line 2 is missing.']);

	const added = await trail(2);
	await tamper(added, async (db) => {
		const line = await db
			.selectFrom('audit_event')
			.selectAll()
			.where('seq', '=', 2)
			.executeTakeFirstOrThrow();
		await db
			.insertInto('audit_event')
			.values({ ...line, seq: 3 })
			.execute();
		await db.updateTable('audit_head').set({ seq: 3, hash: line.hash }).execute();
	});
	expect((await audit.verify(added)).join()).toContain('Line 3');
});

test('a head taken out is found', async () => {
	const db = await trail(2);
	await db.deleteFrom('audit_head').execute();
	expect((await audit.verify(db)).join()).toContain('head of the trail was taken out');
});

test('a tail cut off with its head is found by the head printed before', async () => {
	const db = await trail(4);
	const printed = (await audit.head(db)).hash;
	await transact(db, (trx) => audit.record(trx, audit.waymark, { act: 'later', object: 'line' }));
	expect(await audit.verify(db, printed)).toEqual([]);
	await tamper(db, async (db) => {
		await db.deleteFrom('audit_event').where('seq', '>', 2).execute();
		const { hash } = await db
			.selectFrom('audit_event')
			.select('hash')
			.where('seq', '=', 2)
			.executeTakeFirstOrThrow();
		await db.updateTable('audit_head').set({ seq: 2, hash }).execute();
	});
	expect(await audit.verify(db)).toEqual([]);
	expect((await audit.verify(db, printed)).join()).toContain('cut off');
});
