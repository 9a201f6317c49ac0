import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { deferReferences } from '#db/dialect.ts';
import { open, transact, transactAside, type Db } from '#db/open.server.ts';
import { migrate } from '#db/migrate.server.ts';
import { revision } from '#lib/server/http/revision.ts';
import { emptyDatabase } from '../support/database.ts';
import { folder } from '../support/process.ts';

const add = (db: Db, id: string) =>
	db
		.insertInto('user')
		.values({
			id,
			email: id,
			name: id,
			time_zone: null,
			created_at: '2026-01-01T00:00:00.000Z',
			disabled_at: null
		})
		.execute();
const ids = async (db: Db) =>
	(await db.selectFrom('user').select('id').orderBy('id').execute()).map(({ id }) => id);

test('of changes that come at once each is done or undone by itself, and moves the revision by itself', async () => {
	const db = await emptyDatabase();
	const before = await revision(db);
	const told = await Promise.allSettled(
		['a', 'b', 'c', 'd'].map((id) =>
			transact(db, async (trx) => {
				await transact(trx, (inner) => add(inner, id));
				if (id === 'b') throw new Error('Not this one.');
				return id;
			})
		)
	);
	expect(told).toMatchObject([
		{ value: 'a' },
		{ reason: { message: 'Not this one.' } },
		{ value: 'c' },
		{ value: 'd' }
	]);
	expect(await ids(db)).toEqual(['a', 'c', 'd']);
	expect(await revision(db)).toBe(before + 3);
});

test('a file takes them in one piece, and nobody is told before theirs is there to be read', async () => {
	const url = `sqlite:${folder()}/together.db`;
	const db = await open(url);
	const other = await open(url);
	try {
		await migrate(db);
		const seen: string[][] = [];
		await Promise.all(
			['a', 'b', 'c'].map(async (id) => {
				await transact(db, async (trx) => {
					await add(trx, id);
					seen.push(await ids(other));
				});
				expect(await ids(other)).toContain(id);
			})
		);
		expect(seen).toEqual([[], [], []]);
	} finally {
		await db.destroy();
		await other.destroy();
	}
});

test('one that is refused only at the end takes none of the others along', async () => {
	const url = `sqlite:${folder()}/refused.db`;
	const db = await open(url);
	try {
		await migrate(db);
		const told = await Promise.allSettled([
			transact(db, (trx) => add(trx, 'a')),
			// Points at nobody, and is allowed to until the end.
			transact(db, async (trx) => {
				await deferReferences(trx);
				await trx
					.insertInto('membership')
					.values({
						entity_id: 'nobody',
						from_on: '2026-01-01',
						to_on: null,
						source_url: null,
						certainty: null
					})
					.execute();
			})
		]);
		expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
		expect(await ids(db)).toEqual(['a']);
	} finally {
		await db.destroy();
	}
});

test('two changes that want the same rows in another order are both made', async () => {
	const db = await emptyDatabase();
	for (const id of ['a', 'b']) await add(db, id);
	const change = (ids: string[], name: string) =>
		transactAside(db, async (trx) => {
			for (const id of ids) {
				await trx.updateTable('user').set({ name }).where('id', '=', id).execute();
				await pause(50);
			}
			return name;
		});
	expect(await Promise.all([change(['a', 'b'], 'one'), change(['b', 'a'], 'two')])).toEqual(['one', 'two']);
	const names = new Set((await db.selectFrom('user').select('name').execute()).map(({ name }) => name));
	expect(names.size).toBe(1);
});
