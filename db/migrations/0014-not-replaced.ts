import { isSqlite, refuse, type AnyDb } from '../dialect.ts';

/**
 * What is append-only can not be replaced either, by inserting it again under its key: SQLite takes that for no deletion, so
 * the triggers on deletions do not see it.
 */
export async function up(db: AnyDb) {
	if (!isSqlite(db)) return;
	const final = [
		['status_update', 'id', 'Status updates are append-only: record a new one instead.'],
		['audit_event', 'seq', 'The audit trail is append-only: nothing in it is changed or deleted.']
	] as const;
	for (const [table, key, sentence] of final)
		await refuse(
			db,
			table,
			'insert',
			`exists (select 1 from ${table} t where t.${key} = new.${key})`,
			sentence
		);
}
