import { sql } from 'kysely';
import { appendOnly, bytes, strict, type AnyDb } from '../dialect.ts';

/** Rounds that were opened, who is asked for what, what is being written, evidence, and the receipt for what was submitted. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('round_opening')
		.addColumn('meeting_id', 'text', (c) => c.primaryKey().notNull().references('meeting.id'))
		.addColumn('opened_by', 'text', (c) => c.references('user.id'))
		.addColumn('opened_at', 'text', (c) => c.notNull())
		.addColumn('due_at', 'text', (c) => c.notNull())
		.addColumn('time_zone', 'text', (c) => c.notNull())
		.execute();

	await table('expectation_change')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('initiative_id', 'text', (c) => c.notNull().references('initiative.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('reason', 'text', (c) => c.notNull())
		.addColumn('decided_by', 'text', (c) => c.notNull())
		.addColumn('decided_at', 'text', (c) => c.notNull())
		.addCheckConstraint('expectation_change_kind', sql`kind in ('added', 'taken_out')`)
		.execute();

	await table('draft')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		// Of no table: a new initiative is one when it is submitted.
		.addColumn('initiative_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('side', 'text', (c) => c.notNull())
		.addColumn('version', 'integer', (c) => c.notNull())
		.addColumn('fields', 'text', (c) => c.notNull())
		.addColumn('saved_at', 'text', (c) => c.notNull())
		.addColumn('saved_by', 'text', (c) => c.references('user.id'))
		.addColumn('saved_by_name', 'text', (c) => c.notNull())
		.addColumn('update_id', 'text', (c) => c.references('status_update.id'))
		.addUniqueConstraint('draft_place', ['meeting_id', 'entity_id', 'initiative_id', 'side'])
		.addCheckConstraint('draft_side', sql`side in ('member', 'office')`)
		.execute();

	await table('draft_revision')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('draft_id', 'text', (c) => c.notNull().references('draft.id'))
		.addColumn('version', 'integer', (c) => c.notNull())
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('fields', 'text', (c) => c.notNull())
		.addColumn('saved_at', 'text', (c) => c.notNull())
		.addColumn('saved_by', 'text')
		.addColumn('saved_by_name', 'text', (c) => c.notNull())
		.addCheckConstraint('draft_revision_kind', sql`kind in ('saved', 'aside')`)
		.execute();

	await table('editing')
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('initiative_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull())
		.addColumn('side', 'text', (c) => c.notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('seen_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('editing_key', ['meeting_id', 'initiative_id', 'entity_id', 'side', 'user_id'])
		.execute();

	await table('readiness')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('said_by', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('said_by_name', 'text', (c) => c.notNull())
		.addColumn('said_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('readiness_key', ['meeting_id', 'entity_id'])
		.execute();

	await table('evidence')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('initiative_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('side', 'text', (c) => c.notNull())
		.addColumn('update_id', 'text', (c) => c.references('status_update.id'))
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('type', 'text', (c) => c.notNull())
		.addColumn('size', 'integer', (c) => c.notNull())
		.addColumn('content', bytes(db), (c) => c.notNull())
		.addColumn('added_by_name', 'text', (c) => c.notNull())
		.addColumn('added_at', 'text', (c) => c.notNull())
		.addColumn('removed_at', 'text')
		.addCheckConstraint('evidence_side', sql`side in ('member', 'office')`)
		.execute();

	await table('receipt')
		.addColumn('reference', 'text', (c) => c.primaryKey().notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('submitted_at', 'text', (c) => c.notNull())
		.addColumn('submitted_by_name', 'text', (c) => c.notNull())
		.addColumn('channel', 'text', (c) => c.notNull())
		.addColumn('reason', 'text')
		.addColumn('update_ids', 'text', (c) => c.notNull())
		.execute();

	const index = (name: string, table: string, columns: string[]) =>
		db.schema.createIndex(name).on(table).columns(columns).execute();
	await index('expectation_change_by_meeting', 'expectation_change', ['meeting_id']);
	await index('draft_revision_by_draft', 'draft_revision', ['draft_id', 'version']);
	await index('evidence_by_place', 'evidence', ['meeting_id', 'entity_id', 'initiative_id']);
	await index('evidence_by_update', 'evidence', ['update_id']);
	await index('receipt_by_answer', 'receipt', ['meeting_id', 'entity_id']);

	await appendOnly(db, 'draft_revision', 'What was once saved is kept: it is not changed or deleted.');
	await appendOnly(db, 'receipt', 'A receipt is final: it is not changed or deleted.');
}
