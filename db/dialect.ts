import { SqliteAdapter, sql, type CreateTableBuilder, type Kysely, type RawBuilder } from 'kysely';

// The one place where the two engines differ. Everything else is said once, for both.

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a migration's database has no schema yet
export type AnyDb = Kysely<any>;

type HasAdapter = Pick<AnyDb, 'getExecutor'>;

export function isSqlite(db: HasAdapter) {
	return db.getExecutor().adapter instanceof SqliteAdapter;
}

/** SQLite checks types only in tables that ask for it. */
export function strict<T extends string, C extends string>(db: HasAdapter, table: CreateTableBuilder<T, C>) {
	return isSqlite(db) ? table.modifyEnd(sql`strict`) : table;
}

/** The type of a number with a fraction. */
export function real(db: HasAdapter) {
	return isSqlite(db) ? sql`real` : sql`double precision`;
}

/** Sorting by bytes, so that both engines put rows in one order. */
export function bytewise(db: HasAdapter, column: string): RawBuilder<string> {
	return isSqlite(db) ? sql`${sql.ref(column)}` : sql`${sql.ref(column)} collate "C"`;
}

/** The schema tables are looked for and made in; SQLite has none. */
export async function currentSchema(db: AnyDb): Promise<string | undefined> {
	if (isSqlite(db)) return undefined;
	const { rows } = await sql<{ name: string }>`select current_schema() as name`.execute(db);
	return rows[0]?.name;
}

/** Makes a table's rows final: the database refuses to change or delete them. */
export async function appendOnly(db: AnyDb, table: string, sentence: string) {
	for (const event of ['update', 'delete'] as const) {
		const name = sql.id(`${table}_refuses_${event}`);
		if (isSqlite(db)) {
			await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.id(table)}
				begin select raise(abort, ${sql.lit(sentence)}); end`.execute(db);
		} else {
			const refuse = sql.id(`${table}_refuse`);
			await sql`create or replace function ${refuse}() returns trigger language plpgsql as
				${sql.lit(`begin raise exception '${sentence}'; end`)}`.execute(db);
			await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.id(table)}
				for each row execute function ${refuse}()`.execute(db);
		}
	}
}

/**
 * Many rows in one statement with one parameter: a JSON array. A thousand placeholders a row would be compiled
 * anew each time; this is compiled once and is several times as fast.
 */
export function rowsFrom<Row>(
	db: HasAdapter,
	table: string,
	columns: readonly string[],
	rows: readonly Row[]
) {
	const json = JSON.stringify(rows.map((row) => columns.map((column) => row[column as keyof Row] ?? null)));
	return isSqlite(db)
		? sql`select ${sql.join(columns.map((_, i) => sql`value ->> ${sql.lit(i)}`))} from json_each(${json}) where true`
		: sql`select ${sql.join(
				columns.map((column) => sql.raw(`r."${column}"`))
			)} from json_array_elements(${json}::json) as v,
			json_populate_record(null::${sql.id(table)}, json_object(array[${sql.join(
				columns.map((column) => sql.lit(column))
			)}], array[${sql.join(columns.map((_, i) => sql`v ->> ${sql.lit(i)}`))}])) as r`;
}

/** Appends many rows to a table. Keep batches to some thousand rows. */
export async function insertMany<Row extends object>(
	db: AnyDb,
	table: string,
	columns: readonly (keyof Row & string)[],
	rows: readonly Row[]
) {
	if (rows.length === 0) return;
	const names = sql.join(columns.map((column) => sql.id(column)));
	await sql`insert into ${sql.id(table)} (${names}) ${rowsFrom(db, table, columns, rows)}`.execute(db);
}
