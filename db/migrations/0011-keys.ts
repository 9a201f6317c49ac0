import { oneOfAKind, type AnyDb } from '../dialect.ts';

/**
 * What a data package knows these rows by is theirs alone in the database too: written twice, an export could not be
 * read back. They have no id, and parts of their keys may be empty.
 */
export async function up(db: AnyDb) {
	const key = (table: string, columns: string[]) => oneOfAKind(db, `${table}_key`, table, columns);
	await key('term', ['role', 'entity_id', 'body', 'element_id', 'from_on']);
	await key('attendance', ['meeting_id', 'count', 'unit', 'mode', 'qualifier', 'source_url']);
	await key('observation', ['indicator_id', 'entity_id', 'meeting_id', 'as_of', 'source_url']);
}
