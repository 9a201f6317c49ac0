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
	const pool = new pg.Pool({ connectionString: url, max: 10, types });
	// A connection that breaks while idle, as when the database restarts, is replaced when next needed. Unheard, its error
	// would end the process.
	pool.on('error', () => {});
	return new PostgresDialect({ pool });
}
