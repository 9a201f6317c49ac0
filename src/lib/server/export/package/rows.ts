import { sql } from 'kysely';
import { bytewise, inPages, type AnyDb } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { line } from '#lib/domain/package/csv.ts';
import type { Table } from '#lib/domain/package/table.ts';

/** A table as CSV: LF, quotes only where RFC 4180 asks for them, rows in the order of their keys' bytes. */
export async function* rows(db: Db, table: Table, onRows: (count: number) => void): AsyncGenerator<Buffer> {
	onRows(0);
	yield Buffer.from(line(table.columns.map(({ name }) => name)));
	const columns = table.columns.map(({ column }) => column);
	for await (const page of inPages<Record<string, unknown>>(db, query(db, table, columns))) {
		yield Buffer.from(page.map((row) => line(columns.map((column) => row[column]))).join(''));
		onRows(page.length);
	}
}

function query(db: AnyDb, table: Table, columns: string[]) {
	// Where a key has empty parts the database does not keep it unique: the other columns then settle the order.
	const isUnique = table.keyColumns.every(({ required }) => required);
	const rest = isUnique ? [] : table.columns.filter(({ inKey }) => !inKey);
	let query = db.selectFrom(table.table).select(columns);
	for (const { column, type, required } of [...table.keyColumns, ...rest]) {
		const isNumber = type === 'integer' || type === 'number';
		if (!required) query = query.orderBy(sql`${sql.ref(column)} is not null`);
		query = query.orderBy(isNumber ? sql.ref(column) : bytewise(db, column));
	}
	return query;
}
