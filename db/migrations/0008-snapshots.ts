import { sql } from 'kysely';
import { appendOnly, bytes, refuse, sealed, strict, type AnyDb } from '../dialect.ts';

const final = 'A snapshot never changes: undo the freeze and freeze the meeting again.';

/** What a frozen meeting was drawn from, kept so that nothing can change it; and every freeze that was undone. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('snapshot')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('number', 'integer', (c) => c.notNull())
		.addColumn('frozen_at', 'text', (c) => c.notNull())
		.addColumn('frozen_by', 'text', (c) => c.notNull())
		.addColumn('frozen_by_id', 'text')
		.addColumn('left_out', 'text')
		.addColumn('revision', 'integer', (c) => c.notNull())
		.addColumn('method_version', 'text', (c) => c.notNull())
		.addColumn('app_version', 'text', (c) => c.notNull())
		.addColumn('sha256', 'text', (c) => c.notNull())
		.addColumn('size', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('snapshot_key', ['meeting_id', 'number'])
		.addCheckConstraint('snapshot_number', sql`number >= 1`)
		.addCheckConstraint('snapshot_sha256', sql`length(sha256) = 64`)
		.execute();

	// A snapshot's row is written after its parts, and from then on nothing can be added to it.
	await table('snapshot_part')
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('number', 'integer', (c) => c.notNull())
		.addColumn('place', 'integer', (c) => c.notNull())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('lines', bytes(db), (c) => c.notNull())
		.addPrimaryKeyConstraint('snapshot_part_key', ['meeting_id', 'number', 'place'])
		.addForeignKeyConstraint(
			'snapshot_part_of',
			['meeting_id', 'number'],
			'snapshot',
			['meeting_id', 'number'],
			(c) => c.deferrable().initiallyDeferred()
		)
		.execute();

	await table('unfreeze')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('undone_at', 'text', (c) => c.notNull())
		.addColumn('number', 'integer')
		.addColumn('frozen_at', 'text', (c) => c.notNull())
		.addColumn('undone_by', 'text', (c) => c.notNull())
		.addColumn('undone_by_id', 'text')
		.addColumn('reason', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('unfreeze_key', ['meeting_id', 'undone_at'])
		.addForeignKeyConstraint('unfreeze_of', ['meeting_id', 'number'], 'snapshot', ['meeting_id', 'number'])
		.addCheckConstraint('unfreeze_reason', sql`reason <> ''`)
		.execute();

	await db.schema.alterTable('freeze').addColumn('snapshot', 'integer').execute();

	await sealed(db, 'snapshot', ['meeting_id', 'number'], final);
	await sealed(db, 'unfreeze', ['meeting_id', 'undone_at'], 'What was undone stays on record.');
	await appendOnly(db, 'snapshot_part', final);
	await refuse(
		db,
		'snapshot_part',
		'insert',
		`exists (select 1 from snapshot s where s.meeting_id = new.meeting_id and s.number = new.number)`,
		final
	);
	const kept = 'A frozen meeting stays frozen until its freeze is undone with a reason.';
	await refuse(db, 'freeze', 'update', 'old.snapshot is not null', kept);
	await refuse(
		db,
		'freeze',
		'delete',
		`old.snapshot is not null and not exists (select 1 from unfreeze u
			where u.meeting_id = old.meeting_id and u.number = old.snapshot)`,
		kept
	);
	await refuse(
		db,
		'freeze',
		'insert',
		`exists (select 1 from "freeze" f where f.meeting_id = new.meeting_id and f.snapshot is not null)`,
		kept
	);
}
