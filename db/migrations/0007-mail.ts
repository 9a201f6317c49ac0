import { sql } from 'kysely';
import { strict, type AnyDb } from '../dialect.ts';
import { choices } from '#lib/domain/mail.ts';

/** Mail on its way, what people want of it, who stands in for whom, and private calendars. */
export async function up(db: AnyDb) {
	for (const column of ['claimed_at', 'claimed_by', 'skipped_at'])
		await db.schema.alterTable('outbox').addColumn(column, 'text').execute();
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('mail_choice')
		.addColumn('user_id', 'text', (c) => c.primaryKey().notNull().references('user.id'))
		.addColumn('choice', 'text', (c) => c.notNull())
		.addColumn('chosen_at', 'text', (c) => c.notNull())
		.addCheckConstraint(
			'mail_choice_choice',
			sql<boolean>`choice in (${sql.join(choices.map((one) => sql.lit(one)))})`
		)
		.execute();

	await table('deputy')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('deputy_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('from_on', 'text', (c) => c.notNull())
		.addColumn('to_on', 'text', (c) => c.notNull())
		.addCheckConstraint('deputy_days', sql`to_on >= from_on`)
		.addCheckConstraint('deputy_other', sql`deputy_id <> user_id`)
		.execute();

	await table('calendar_feed')
		.addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().unique().references('user.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.execute();

	await db.schema.createIndex('deputy_by_user').on('deputy').columns(['user_id']).execute();
	await db.schema.createIndex('deputy_by_deputy').on('deputy').columns(['deputy_id']).execute();
}
