import { sql } from 'kysely';
import { strict, type AnyDb } from '../dialect.ts';
import { stages } from '#lib/domain/stage.ts';
import { timings } from '#lib/domain/timing.ts';

const oneOf = (column: string, values: readonly string[]) =>
	sql<boolean>`${sql.ref(column)} in (${sql.join(values.map((value) => sql.lit(value)))})`;

/** Who reviewed and how they see it, what was agreed, what became of an answer, and who was reminded of one. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await db.schema
		.alterTable('review')
		.addColumn('reviewed_by', 'text', (c) => c.references('user.id'))
		.execute();
	await db.schema
		.alterTable('review')
		.addColumn('stage', 'text', (c) => c.check(oneOf('stage', stages)))
		.execute();
	await db.schema
		.alterTable('review')
		.addColumn('timing', 'text', (c) => c.check(oneOf('timing', timings)))
		.execute();

	await table('review_agreement')
		.addColumn('update_id', 'text', (c) => c.notNull())
		.addColumn('recorded_at', 'text', (c) => c.notNull())
		.addColumn('agreed_by', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('agreed_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('review_agreement_key', ['update_id', 'recorded_at'])
		.addForeignKeyConstraint('review_agreement_review', ['update_id', 'recorded_at'], 'review', [
			'update_id',
			'recorded_at'
		])
		.execute();

	await table('settlement')
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.notNull())
		.addColumn('settled_at', 'text', (c) => c.notNull())
		.addColumn('settled_by', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('state', 'text', (c) => c.notNull())
		.addColumn('note', 'text')
		.addPrimaryKeyConstraint('settlement_key', ['meeting_id', 'entity_id', 'settled_at'])
		.addForeignKeyConstraint('settlement_submission', ['meeting_id', 'entity_id'], 'submission', [
			'meeting_id',
			'entity_id'
		])
		.addCheckConstraint('settlement_state', oneOf('state', ['returned', 'accepted']))
		.execute();

	await table('reminder')
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('reminded_on', 'text', (c) => c.notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('reminded_at', 'text', (c) => c.notNull())
		.addColumn('reminded_by', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('text', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('reminder_key', ['user_id', 'reminded_on'])
		.execute();
	await db.schema
		.createIndex('reminder_by_meeting')
		.on('reminder')
		.columns(['meeting_id', 'entity_id'])
		.execute();
}
