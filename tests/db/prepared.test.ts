import { expect, test } from 'vitest';
import { prepared } from '#db/prepared.ts';
import { transact, type Db } from '#db/open.server.ts';
import { emptyDatabase } from '../support/database.ts';

const named = prepared((db, { id }: { id: string }) =>
	db.selectFrom('user').select(['id', 'name']).where('id', '=', id)
);
const add = prepared((db: Db, { id, name }: { id: string; name: string | null }) =>
	db.insertInto('user').values({
		id,
		email: id,
		name: name as string,
		time_zone: null,
		created_at: '2026-01-01T00:00:00.000Z',
		disabled_at: null
	})
);

test('a query that was made once answers each time for what it is given, in a transaction and outside', async () => {
	const db = await emptyDatabase();
	await transact(db, async (trx) => {
		await add(trx, { id: 'one', name: 'First' });
		expect(await named(trx, { id: 'one' })).toEqual([{ id: 'one', name: 'First' }]);
	});
	await add(db, { id: 'two', name: 'Second' });
	expect(await named(db, { id: 'two' })).toEqual([{ id: 'two', name: 'Second' }]);
	expect(await named(db, { id: 'none' })).toEqual([]);
	await expect(add(db, { id: 'three', name: null })).rejects.toThrow();
});
