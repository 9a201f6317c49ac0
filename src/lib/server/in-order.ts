import { sql, type SelectQueryBuilder } from 'kysely';
import { bytewise, type AnyDb } from '#db/dialect.ts';
import type { Column, Table } from '#lib/domain/package/table.ts';

/** A table's columns, its rows in one order on both engines: text by its bytes, numbers by their size, nothing before anything. */
export function inOrder(
	db: AnyDb,
	table: string,
	columns: readonly string[],
	by: readonly Pick<Column, 'column' | 'type' | 'required'>[]
): SelectQueryBuilder<never, never, Record<string, unknown>> {
	let query = db.selectFrom(table).select([...columns]);
	for (const { column, type, required } of by) {
		const isNumber = type === 'integer' || type === 'number';
		if (!required) query = query.orderBy(sql`${sql.ref(column)} is not null`);
		query = query.orderBy(isNumber ? sql.ref(column) : bytewise(db, column));
	}
	return query as never;
}

/** What settles the order of a table's rows. Where a key has empty parts the database does not keep it unique. */
export function orderOf({ keyColumns, columns }: Table) {
	const isUnique = keyColumns.every(({ required }) => required);
	return isUnique ? keyColumns : [...keyColumns, ...columns.filter(({ inKey }) => !inKey)];
}
