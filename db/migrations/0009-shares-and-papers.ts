import { sql } from 'kysely';
import { strict, type AnyDb } from '../dialect.ts';
import { itemKinds } from '#lib/domain/meeting-items.ts';

/** Frozen charts published by a link, and what belongs to a meeting besides its figures. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('share')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('token_hash', 'text', (c) => c.notNull().unique())
		.addColumn('meeting_id', 'text', (c) => c.notNull())
		.addColumn('number', 'integer', (c) => c.notNull())
		.addColumn('question', 'text', (c) => c.notNull())
		.addColumn('params', 'text', (c) => c.notNull())
		.addColumn('title', 'text', (c) => c.notNull())
		.addColumn('ends_on', 'text', (c) => c.notNull())
		.addColumn('sites', 'text')
		.addColumn('published_by', 'text', (c) => c.notNull())
		.addColumn('published_by_id', 'text')
		.addColumn('published_at', 'text', (c) => c.notNull())
		.addColumn('revoked_by', 'text')
		.addColumn('revoked_at', 'text')
		.addForeignKeyConstraint('share_of', ['meeting_id', 'number'], 'snapshot', ['meeting_id', 'number'])
		.execute();
	await db.schema.createIndex('share_by_meeting').on('share').columns(['meeting_id']).execute();

	await table('meeting_item')
		.addColumn('meeting_id', 'text', (c) => c.notNull().references('meeting.id'))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('position', 'integer', (c) => c.notNull())
		.addColumn('text', 'text', (c) => c.notNull())
		.addColumn('url', 'text')
		.addPrimaryKeyConstraint('meeting_item_key', ['meeting_id', 'kind', 'position'])
		.addCheckConstraint(
			'meeting_item_kind',
			sql`kind in (${sql.join(itemKinds.map((kind) => sql.lit(kind)))})`
		)
		.execute();
}
