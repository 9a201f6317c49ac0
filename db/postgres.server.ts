import pg from 'pg';
import { PostgresDialect } from 'kysely';

const int8 = 20;
const numeric = 1700;

/** PostgreSQL with counts and sums as numbers, as SQLite gives them. */
export function postgres(url: string) {
	const types = {
		getTypeParser: ((oid: number, format?: 'text') =>
			oid === int8 || oid === numeric
				? Number
				: pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser
	};
	return new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 10, types }) });
}
