import { sql } from 'kysely';
import { clustered, type AnyDb } from '../dialect.ts';
import { freshnesses } from '#lib/domain/freshness.ts';
import { timings } from '#lib/domain/timing.ts';
import { stages } from '#lib/domain/stage.ts';

/**
 * What is worked out from the updates, kept beside them so that a chart costs what it shows. No foreign keys: these rows
 * are only ever written from rows that have them, a million at a time, and `verify` counts them again.
 */
export async function up(db: AnyDb) {
	const table = (name: string) => clustered(db, db.schema.createTable(name));

	await table('initiative_scope')
		.addColumn('initiative_id', 'text', (c) => c.notNull())
		.addColumn('scope_id', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('initiative_scope_key', ['initiative_id', 'scope_id'])
		.execute();
	await db.schema
		.createIndex('initiative_scope_by_scope')
		.on('initiative_scope')
		.columns(['scope_id', 'initiative_id'])
		.execute();

	await table('standing')
		.addColumn('basis', 'text', (c) => c.notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('initiative_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull())
		.addColumn('freshness', 'text', (c) => c.notNull())
		.addColumn('update_id', 'text')
		.addColumn('stage', 'text')
		.addColumn('timing', 'text')
		.addColumn('change', 'text')
		.addPrimaryKeyConstraint('standing_key', ['basis', 'meeting_id', 'initiative_id', 'entity_id'])
		.addCheckConstraint(
			'standing_freshness',
			sql`freshness in (${sql.join(freshnesses.map((f) => sql.lit(f)))})`
		)
		.execute();
	await db.schema
		.createIndex('standing_by_initiative')
		.on('standing')
		.columns(['initiative_id', 'meeting_id'])
		.execute();
	let tally = table('tally')
		.addColumn('basis', 'text', (c) => c.notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('scope_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull());
	for (const column of ['expected', ...freshnesses, ...stages, ...timings]) {
		tally = tally.addColumn(column, 'integer', (c) => c.notNull().defaultTo(0)) as unknown as typeof tally;
	}
	await tally
		.addPrimaryKeyConstraint('tally_key', ['scope_id', 'entity_id', 'meeting_id', 'basis'])
		.addCheckConstraint('tally_adds_up', sql`expected = reported + confirmed + carried + missing`)
		.execute();
	await db.schema.createIndex('tally_by_meeting').on('tally').columns(['meeting_id', 'scope_id']).execute();

	await table('revision')
		.addColumn('id', 'integer', (c) => c.primaryKey().notNull())
		.addColumn('number', 'integer', (c) => c.notNull())
		.addColumn('changed_at', 'text', (c) => c.notNull())
		.addCheckConstraint('revision_is_one_row', sql`id = 1`)
		.execute();
	await sql`insert into revision (id, number, changed_at) values (1, 0, '1970-01-01T00:00:00.000Z')`.execute(
		db
	);
}
