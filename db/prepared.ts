import type { Compilable, CompiledQuery, Insertable, RawBuilder } from 'kysely';
import type { Db, Reader } from './open.server.ts';
import type { Schema } from './schema.ts';

/** Where a value will stand. */
class Place {
	readonly name: string;
	constructor(name: string) {
		this.name = name;
	}
}

const places = new Proxy({}, { get: (_, name) => new Place(String(name)) });

/**
 * A query whose text is made once for each database and then only asked: making it costs several times what answering does. What
 * it is given may stand in it as a value and as nothing else: `build` never sees it, so it can not look at it.
 */
export function prepared<Row, Given extends object = object, D extends Reader = Reader>(
	build: (db: D, given: Given) => Compilable<Row> | RawBuilder<Row>
): (db: D, given: Given) => Promise<Row[]> {
	const made = new WeakMap<object, CompiledQuery<Row>>();
	return async (db, given) => {
		const executor = db.getExecutor();
		let query = made.get(executor.adapter);
		if (!query) made.set(executor.adapter, (query = build(db, places as Given).compile(db)));
		const parameters = query.parameters.map((value) =>
			value instanceof Place ? (given[value.name as keyof Given] ?? null) : value
		);
		const { rows } = await executor.executeQuery<Row>({ ...query, parameters });
		return rows;
	};
}

/** A statement that adds one row to a table, made once. What a row does not say of its columns is left empty. */
export function adding<T extends keyof Schema & string>(
	table: T,
	columns: readonly (keyof Schema[T] & string)[]
) {
	return prepared<unknown, Insertable<Schema[T]>, Db>((db, row) => {
		const values = Object.fromEntries(columns.map((column) => [column, row[column as never]]));
		return db.insertInto(table).values(values as never);
	});
}
