import { strict, type AnyDb } from '../dialect.ts';

/** What whoever leaves says to whoever follows, for each entity they acted for. */
export async function up(db: AnyDb) {
	await strict(db, db.schema.createTable('parting_word'))
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('entity_id', 'text', (c) => c.notNull().references('entity.id'))
		.addColumn('text', 'text', (c) => c.notNull())
		.addColumn('written_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('parting_word_key', ['user_id', 'entity_id'])
		.execute();
}
