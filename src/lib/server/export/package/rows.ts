import { inPages } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { line } from '#lib/domain/package/csv.ts';
import type { Table } from '#lib/domain/package/table.ts';
import { inOrder, orderOf } from '../../in-order.ts';

/** A table as CSV: LF, quotes only where RFC 4180 asks for them, rows in the order of their keys' bytes. */
export async function* rows(db: Db, table: Table, onRows: (count: number) => void): AsyncGenerator<Buffer> {
	onRows(0);
	yield Buffer.from(line(table.columns.map(({ name }) => name)));
	const columns = table.columns.map(({ column }) => column);
	for await (const page of inPages(db, inOrder(db, table.table, columns, orderOf(table)))) {
		yield Buffer.from(page.map((row) => line(columns.map((column) => row[column]))).join(''));
		onRows(page.length);
	}
}
