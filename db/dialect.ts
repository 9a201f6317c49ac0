import {
	SqliteAdapter,
	sql,
	type CreateTableBuilder,
	type Kysely,
	type RawBuilder,
	type SelectQueryBuilder
} from 'kysely';
import { prepared } from './prepared.ts';

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

/** Was this refused because of a character that PostgreSQL can not keep, or even be asked about? SQLite takes every one. */
export function isUnstorable(error: unknown) {
	return error instanceof Error && 'code' in error && error.code === '22021';
}

/** Was this ended by PostgreSQL because it and another waited for each other? */
export function isDeadlock(error: unknown) {
	return error instanceof Error && 'code' in error && error.code === '40P01';
}

/** Strict, and with its rows kept in the order of the primary key: for tables that are read in slices of it. */
export function clustered<T extends string, C extends string>(
	db: HasAdapter,
	table: CreateTableBuilder<T, C>
) {
	return isSqlite(db) ? table.modifyEnd(sql`strict, without rowid`) : table;
}

/** The type of a number with a fraction. */
export function real(db: HasAdapter) {
	return isSqlite(db) ? sql`real` : sql`double precision`;
}

/** The type of the bytes of a file. */
export function bytes(db: HasAdapter) {
	return isSqlite(db) ? sql`blob` : sql`bytea`;
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

/**
 * No two rows alike in these columns, where two empty cells are alike as well. PostgreSQL keeps only short texts in an
 * index, so there it holds their digests.
 */
export async function oneOfAKind(db: AnyDb, name: string, table: string, columns: readonly string[]) {
	const short = (column: string) =>
		isSqlite(db) ? sql`coalesce(${sql.ref(column)}, '')` : sql`md5(coalesce(${sql.ref(column)}::text, ''))`;
	await sql`create unique index ${sql.id(name)} on ${sql.table(table)} (${sql.join(columns.map(short))})`.execute(
		db
	);
}

/** Makes a table's rows final: the database refuses to change or delete them. */
export async function appendOnly(db: AnyDb, table: string, sentence: string) {
	const refuse = sql.id(`${table}_refuse`);
	if (!isSqlite(db)) {
		await sql`create or replace function ${refuse}() returns trigger language plpgsql as
			${sql.lit(`begin raise exception '${sentence}'; end`)}`.execute(db);
		// Emptying a table at once passes no row by a trigger on rows.
		await sql`create trigger ${sql.id(`${table}_refuses_truncate`)} before truncate on ${sql.id(table)}
			for each statement execute function ${refuse}()`.execute(db);
	}
	for (const event of ['update', 'delete'] as const) {
		const name = sql.id(`${table}_refuses_${event}`);
		const body = isSqlite(db)
			? sql`begin select raise(abort, ${sql.lit(sentence)}); end`
			: sql`for each row execute function ${refuse}()`;
		await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.id(table)} ${body}`.execute(db);
	}
}

/**
 * The database refuses an event on a table's rows where a condition holds. In it, `old` and `new` are the row before and
 * after; it is SQL that both engines understand, subqueries and all.
 */
export async function refuse(
	db: AnyDb,
	table: string,
	event: 'insert' | 'update' | 'delete',
	condition: string,
	sentence: string
) {
	const name = sql.id(`${table}_refuses_${event}`);
	if (isSqlite(db)) {
		await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.id(table)} when ${sql.raw(condition)}
			begin select raise(abort, ${sql.lit(sentence)}); end`.execute(db);
		return;
	}
	const check = sql.id(`${table}_refuse_${event}`);
	const row = event === 'delete' ? 'old' : 'new';
	await sql`create or replace function ${check}() returns trigger language plpgsql as ${sql.lit(
		`begin if ${condition} then raise exception '${sentence}'; end if; return ${row}; end`
	)}`.execute(db);
	await sql`create trigger ${name} before ${sql.raw(event)} on ${sql.id(table)}
		for each row execute function ${check}()`.execute(db);
}

/** Final, and not to be replaced by inserting it again, which SQLite would take for no deletion. */
export async function sealed(db: AnyDb, table: string, keys: readonly string[], sentence: string) {
	await appendOnly(db, table, sentence);
	const same = keys.map((key) => `t.${key} = new.${key}`).join(' and ');
	await refuse(db, table, 'insert', `exists (select 1 from ${table} t where ${same})`, sentence);
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
	return rowsIn(db, table, columns, jsonOf(columns, rows));
}

function jsonOf<Row>(columns: readonly string[], rows: readonly Row[]) {
	return JSON.stringify(rows.map((row) => columns.map((column) => row[column as keyof Row] ?? null)));
}

function rowsIn(db: HasAdapter, table: string, columns: readonly string[], json: string) {
	return isSqlite(db)
		? sql`select ${sql.join(
				columns.map((column, i) => sql`value ->> ${sql.lit(i)} as ${sql.id(column)}`)
			)} from json_each(${json}) where true`
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
	await addingMany(table, columns)(db, { json: jsonOf(columns, rows) });
}

const addingMany = byColumns((db, { json }, table, columns) => {
	const names = sql.join(columns.map((column) => sql.id(column)));
	return sql`insert into ${sql.id(table)} (${names}) ${rowsIn(db, table, columns, json!)}`;
});

/** A statement on many rows, made once for each table and choice of columns: both are the program's own, and few. */
function byColumns<More extends unknown[]>(
	build: (
		db: AnyDb,
		given: Record<string, string>,
		table: string,
		columns: readonly string[],
		...more: More
	) => RawBuilder<unknown>
) {
	type Statement = (db: AnyDb, given: Record<string, string>) => Promise<unknown[]>;
	const made = new Map<string, Statement>();
	return (table: string, columns: readonly string[], ...more: More): Statement => {
		const name = [table, ...columns].join(' ');
		const statement =
			made.get(name) ??
			prepared((db: AnyDb, given: Record<string, string>) => build(db, given, table, columns, ...more));
		made.set(name, statement);
		return statement;
	};
}

/** Is this column's text one of those in a JSON array? One question for however many, so that it can be made once. */
export function isOneOf(db: HasAdapter, column: string, json: string) {
	return isSqlite(db)
		? sql<boolean>`${sql.ref(column)} in (select value from json_each(${json}))`
		: sql<boolean>`${sql.ref(column)} = any(array(select json_array_elements_text(${json}::json)))`;
}

type Key = { column: string; required: boolean };

const same = (keys: readonly Key[]) =>
	sql.join(
		keys.map(({ column, required }) => {
			const [here, there] = [sql.ref(`t.${column}`), sql.ref(`r.${column}`)];
			return required ? sql`${here} = ${there}` : sql`${here} is not distinct from ${there}`;
		}),
		sql` and `
	);

/** The rows of a table that have the keys of the given rows. */
export async function findMany<Row>(
	db: AnyDb,
	table: string,
	keys: readonly Key[],
	columns: readonly string[],
	rows: readonly object[]
): Promise<Row[]> {
	if (rows.length === 0) return [];
	const wanted = rowsFrom(db, table, keys.map(({ column }) => column) as never[], rows);
	const found = await sql<Row>`select ${sql.join(columns.map((column) => sql.ref(`t.${column}`)))}
		from (${wanted}) as r cross join ${sql.table(table)} as t where ${same(keys)}`.execute(db);
	return found.rows;
}

/** Changes many rows, found by their keys, in one statement. */
export async function updateMany(
	db: AnyDb,
	table: string,
	keys: readonly Key[],
	columns: readonly string[],
	rows: readonly object[]
) {
	if (rows.length === 0 || columns.length === 0) return;
	const given = rowsFrom(db, table, [...keys.map(({ column }) => column), ...columns] as never[], rows);
	const set = sql.join(columns.map((column) => sql`${sql.id(column)} = ${sql.ref(`r.${column}`)}`));
	await sql`update ${sql.table(table)} as t set ${set} from (${given}) as r where ${same(keys)}`.execute(db);
}

/**
 * Adds numbers to those that rows hold. A row is known by its `keys` and by one of `values` in the column `across`: each of the
 * given rows is added under all of them. What is not there yet is made.
 */
export async function addAcross<Row extends object>(
	db: AnyDb,
	table: string,
	across: string,
	values: readonly string[],
	keys: readonly (keyof Row & string)[],
	numbers: readonly (keyof Row & string)[],
	rows: readonly Row[]
) {
	const columns = [...keys, ...numbers];
	const given = { json: jsonOf(columns, rows), values: JSON.stringify(values) };
	await addingUp(table, columns, keys.length, across)(db, given);
}

const addingUp = byColumns((db, { json, values }, table, columns, keys: number, across: string) => {
	const names = (list: readonly string[]) => sql.join(list.map((column) => sql.id(column)));
	const sums = columns
		.slice(keys)
		.map(
			(column) => sql`${sql.id(column)} = ${sql.ref(`${table}.${column}`)} + ${sql.ref(`excluded.${column}`)}`
		);
	// Read once, and not again for each of the values.
	return sql`with added as materialized (${rowsIn(db, table, columns, json!)})
		insert into ${sql.id(table)} (${names([across, ...columns])})
		select a.value, added.* from ${elements(db, values!)} cross join added where true
		on conflict (${names([across, ...columns.slice(0, keys)])}) do update set ${sql.join(sums)}`;
});

function elements(db: HasAdapter, json: string) {
	return isSqlite(db)
		? sql`json_each(${json}) as a`
		: sql`json_array_elements_text(${json}::json) as a(value)`;
}

/** Within this transaction a row may refer to one that comes later; at its end all must be there. */
export async function deferReferences(trx: AnyDb) {
	await (isSqlite(trx) ? sql`pragma defer_foreign_keys = on` : sql`set constraints all deferred`).execute(
		trx
	);
}

/** A steady view for long reading: what others write meanwhile is not seen, and nobody waits. */
export async function steadily<T, D extends AnyDb>(db: D, read: (db: D) => Promise<T>): Promise<T> {
	if (db.isTransaction) return read(db);
	return db.connection().execute(async (connection) => {
		await sql
			.raw(isSqlite(db) ? 'begin deferred' : 'begin isolation level repeatable read read only')
			.execute(connection);
		try {
			return await read(connection as D);
		} finally {
			await sql`rollback`.execute(connection);
		}
	});
}

/** All rows of a query, some at a time and never all in memory. To be read to the end, inside `steadily` or a transaction. */
export async function* inPages<Row>(
	db: AnyDb,
	query: SelectQueryBuilder<never, never, Row>,
	size = 2000
): AsyncGenerator<Row[]> {
	if (isSqlite(db)) {
		let page: Row[] = [];
		for await (const row of query.stream(size)) {
			if (page.push(row) < size) continue;
			yield page;
			page = [];
		}
		if (page.length > 0) yield page;
		return;
	}
	await sql`declare pages no scroll cursor for ${query}`.execute(db);
	for (;;) {
		const { rows } = await sql<Row>`fetch forward ${sql.lit(size)} from pages`.execute(db);
		if (rows.length > 0) yield rows;
		if (rows.length < size) break;
	}
	await sql`close pages`.execute(db);
}
