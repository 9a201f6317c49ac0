import { sql } from 'kysely';
import { findMany, insertMany, updateMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { shown } from '#lib/domain/package/problem.ts';
import type { Row, Table } from '#lib/domain/package/table.ts';
import * as searchTexts from '../search-texts.ts';
import type { Complaint } from './problems.ts';

export interface Counts {
	added: number;
	changed: number;
	unchanged: number;
}

export interface Valid {
	row: number;
	values: Row;
}

/** What we keep beside the columns of the package. */
const derived: Record<string, (row: Row) => Row> = {
	entity: (row) => ({ search_text: searchTexts.ofEntity(row) }),
	initiative: (row) => ({ search_text: searchTexts.ofInitiative(row) })
};

/** What makes a row of a table this row and no other. */
function keyOf(table: Table, row: Record<string, unknown>) {
	return table.keyColumns.map(({ column }) => row[column] ?? '').join('\0');
}

/**
 * Puts the rows of one table beside what the database holds: new ones are added, others changed where they differ,
 * and identical ones left alone.
 */
export class Merge {
	readonly counts: Counts = { added: 0, changed: 0, unchanged: 0 };
	readonly #trx: Db;
	readonly #table: Table;
	readonly #columns: string[];
	readonly #isFresh: boolean;

	static async begin(trx: Db, table: Table) {
		const { rows } = await sql`select 1 from ${sql.table(table.table)} limit 1`.execute(trx);
		return new Merge(trx, table, rows.length === 0);
	}

	private constructor(trx: Db, table: Table, isFresh: boolean) {
		this.#trx = trx;
		this.#table = table;
		this.#columns = table.columns.map(({ column }) => column);
		this.#isFresh = isFresh;
	}

	/** Takes rows whose keys have not been met before. `writes` is false once the import has failed: it goes on to find the rest. */
	async take(rows: readonly Valid[], writes: boolean, complain: (complaint: Complaint) => void) {
		const stored = await this.#stored(rows);
		const added: Row[] = [];
		const changed: Row[] = [];
		for (const { row, values } of rows) {
			const before = stored?.get(keyOf(this.#table, values));
			const differing =
				before && this.#table.columns.filter(({ column }) => (before[column] ?? null) !== values[column]);
			if (!differing) added.push(values);
			else if (differing.length === 0) this.counts.unchanged++;
			else if (this.#table.final) complain({ row, ...final(this.#table, differing[0]!, values) });
			else changed.push(values);
		}
		this.counts.added += added.length;
		this.counts.changed += changed.length;
		if (writes) await this.#write(added, changed);
		return { added, changed };
	}

	async #stored(rows: readonly Valid[]) {
		if (this.#isFresh) return undefined;
		const values = rows.map((row) => row.values);
		const found = await findMany<Row>(
			this.#trx,
			this.#table.table,
			this.#table.keyColumns,
			this.#columns,
			values
		);
		return new Map(found.map((row) => [keyOf(this.#table, row), row]));
	}

	async #write(added: Row[], changed: Row[]) {
		const { table, keyColumns } = this.#table;
		const derive = derived[table];
		const more = derive ? ['search_text'] : [];
		const whole = (rows: Row[]) => (derive ? rows.map((row) => ({ ...row, ...derive(row) })) : rows);
		await insertMany<Row>(this.#trx, table, [...this.#columns, ...more], whole(added));
		const rest = this.#columns.filter((column) => keyColumns.every((key) => key.column !== column));
		await updateMany(this.#trx, table, keyColumns, [...rest, ...more], whole(changed));
	}
}

function final(table: Table, differing: Table['columns'][number], values: Row): Complaint {
	const { rule, message, remedy } = table.final!;
	const value = values[differing.column];
	return {
		rule,
		remedy,
		column: differing.name,
		value: value == null ? null : shown(String(value)),
		message: `${message}: ${differing.name} differs.`
	};
}
