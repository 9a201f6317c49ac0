import { sql } from 'kysely';
import { clustered, type AnyDb } from '../dialect.ts';
import { freshnesses } from '#lib/domain/freshness.ts';
import { timings } from '#lib/domain/timing.ts';
import { stages } from '#lib/domain/stage.ts';

/**
 * A report moves figures of one meeting, and most charts show one: a meeting's figures are kept side by side. And what a
 * report looks up, it finds without reading past everything else that was said.
 */
export async function up(db: AnyDb) {
	await db.schema.dropIndex('tally_by_meeting').execute();
	await db.schema.alterTable('tally').renameTo('tally_by_scope_first').execute();
	const counts = ['expected', ...freshnesses, ...stages, ...timings];
	let tally = clustered(db, db.schema.createTable('tally'))
		.addColumn('basis', 'text', (c) => c.notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('scope_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull());
	for (const count of counts)
		tally = tally.addColumn(count, 'integer', (c) => c.notNull().defaultTo(0)) as unknown as typeof tally;
	await tally
		.addPrimaryKeyConstraint('tally_of_meeting', ['meeting_id', 'basis', 'scope_id', 'entity_id'])
		.addCheckConstraint('tally_adds_up', sql`expected = reported + confirmed + carried + missing`)
		.execute();
	const columns = ['basis', 'meeting_id', 'scope_id', 'entity_id', ...counts];
	await db
		.insertInto('tally')
		.columns(columns)
		.expression(db.selectFrom('tally_by_scope_first').select(columns))
		.execute();
	await db.schema.dropTable('tally_by_scope_first').execute();

	const index = (name: string, table: string, columns: string[]) =>
		db.schema.createIndex(name).on(table).columns(columns).execute();
	await index('tally_by_scope', 'tally', ['scope_id', 'entity_id']);
	await index('submission_by_entity', 'submission', ['entity_id']);
	await db.schema.dropIndex('status_update_by_initiative').execute();
	await index('status_update_by_initiative', 'status_update', [
		'initiative_id',
		'meeting_id',
		'entity_id',
		'recorded_at'
	]);
}
