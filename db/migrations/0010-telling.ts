import { appendOnly, strict, type AnyDb } from '../dialect.ts';

/** What the office says of a meeting in its own words, and in which order its slides are shown. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('change_text')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('from_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('plan_id', 'text', (c) => c.notNull().references('plan.id'))
		.addColumn('from_plan_id', 'text', (c) => c.notNull().references('plan.id'))
		.addColumn('words', 'text')
		.addColumn('written_by', 'text', (c) => c.references('user.id'))
		.addColumn('written_by_name', 'text', (c) => c.notNull())
		.addColumn('written_at', 'text', (c) => c.notNull())
		.execute();
	await db.schema
		.createIndex('change_text_by_meeting')
		.on('change_text')
		.columns(['meeting_id', 'from_id'])
		.execute();
	await appendOnly(db, 'change_text', 'The words about a meeting are append-only: write new ones instead.');

	await table('deck_order')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('plan_id', 'text', (c) => c.notNull().references('plan.id'))
		.addColumn('slides', 'text', (c) => c.notNull())
		.addColumn('version', 'integer', (c) => c.notNull())
		.addColumn('kept_by', 'text', (c) => c.references('user.id'))
		.addColumn('kept_by_name', 'text', (c) => c.notNull())
		.addColumn('kept_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('deck_order_key', ['meeting_id', 'plan_id'])
		.execute();
}
