import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { currentSchema } from '#db/dialect.ts';
import { emptyDatabase } from '../support/database.ts';

/** What `db/schema.ts` says: each table with its columns, a `?` behind those that may be null. */
function written() {
	const source = readFileSync(new URL('../../db/schema.ts', import.meta.url), 'utf8');
	const columnsOf = (type: string) => {
		const body = source.match(new RegExp(`interface ${type} \\{([^}]*)\\}`))![1]!;
		return [...body.matchAll(/^\t(\w+): (.+);$/gm)]
			.map(([, name, kind]) => name + (kind === 'Text' || kind!.includes('null') ? '?' : ''))
			.sort();
	};
	const tables = source.match(/interface Schema \{([^}]*)\}/)![1]!;
	return Object.fromEntries(
		[...tables.matchAll(/^\t(\w+): (\w+);$/gm)].map(([, table, type]) => [table, columnsOf(type!)])
	);
}

test('the types say what the tables are', async () => {
	const db = await emptyDatabase();
	const schema = await currentSchema(db);
	const tables = (await db.introspection.getTables()).filter((table) => !schema || table.schema === schema);
	const real = tables.map(({ name, columns }) => [
		name,
		columns.map((column) => column.name + (column.isNullable ? '?' : '')).sort()
	]);
	expect(Object.fromEntries(real)).toEqual(written());
});
