import { expect, test } from 'vitest';
import { insertMany } from '#db/dialect.ts';
import { importPackage } from '#lib/server/import/package.ts';
import { emptyDatabase } from '../support/database.ts';
import { asFolder, good } from '../support/packages.ts';

test('what a package knows a row by, empty parts included, stands once in the database', async () => {
	const db = await emptyDatabase();
	expect(await importPackage(db, await asFolder(good()))).toMatchObject({ ok: true });
	for (const table of ['term', 'attendance', 'observation'] as const) {
		const row = await db.selectFrom(table).selectAll().executeTakeFirstOrThrow();
		const again = (more: Record<string, unknown>) =>
			insertMany<Record<string, unknown>>(db, table, Object.keys(row), [{ ...row, ...more }]);
		await expect(again({}), table).rejects.toThrow(/unique/i);
		await again({ source_url: `https://example.org/${'long/'.repeat(2000)}` }).then(
			() => expect(table).not.toBe('term'),
			() => expect(table).toBe('term')
		);
	}
});
