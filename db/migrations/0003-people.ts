import { sql } from 'kysely';
import { appendOnly, strict, type AnyDb } from '../dialect.ts';
import { roles } from '#lib/domain/access.ts';

/** People, what they may do, how they get in, what they did, and the mail that goes out to them. */
export async function up(db: AnyDb) {
	const table = (name: string) => strict(db, db.schema.createTable(name));

	await table('user')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('email', 'text', (c) => c.notNull().unique())
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('time_zone', 'text')
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('disabled_at', 'text')
		.execute();

	await table('grant')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('role', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text', (c) => c.references('entity.id'))
		.addColumn('element_id', 'text', (c) => c.references('plan_element.id'))
		.addColumn('from_on', 'text', (c) => c.notNull())
		.addColumn('to_on', 'text')
		.addColumn('granted_by', 'text')
		.addColumn('granted_at', 'text', (c) => c.notNull())
		.addCheckConstraint('grant_role', sql<boolean>`role in (${sql.join(roles.map((role) => sql.lit(role)))})`)
		.addCheckConstraint(
			'grant_object',
			sql<boolean>`case role when 'contributor' then entity_id is not null and element_id is null
				when 'national_coordinator' then entity_id is not null and element_id is null
				when 'area_coordinator' then element_id is not null and entity_id is null
				else entity_id is null and element_id is null end`
		)
		.addCheckConstraint('grant_days', sql`to_on is null or to_on >= from_on`)
		.execute();

	await table('session')
		.addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
		.addColumn('id', 'text', (c) => c.notNull().unique())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('way', 'text', (c) => c.notNull())
		.addColumn('device', 'text')
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('seen_at', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.execute();

	await table('sign_in')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('email', 'text', (c) => c.notNull())
		.addColumn('user_id', 'text', (c) => c.references('user.id'))
		.addColumn('link_hash', 'text', (c) => c.notNull().unique())
		.addColumn('code_hash', 'text', (c) => c.notNull())
		.addColumn('browser_hash', 'text', (c) => c.notNull())
		.addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.addColumn('used_at', 'text')
		.execute();

	await table('one_time_link')
		.addColumn('token_hash', 'text', (c) => c.primaryKey().notNull())
		.addColumn('purpose', 'text', (c) => c.notNull())
		.addColumn('user_id', 'text', (c) => c.references('user.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.addColumn('used_at', 'text')
		.addCheckConstraint('one_time_link_purpose', sql`purpose in ('setup', 'sign_in')`)
		.execute();

	await table('attempt')
		.addColumn('key', 'text', (c) => c.notNull())
		.addColumn('window_at', 'text', (c) => c.notNull())
		.addColumn('count', 'integer', (c) => c.notNull())
		.addPrimaryKeyConstraint('attempt_key', ['key', 'window_at'])
		.execute();

	await table('passkey')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('public_key', 'text', (c) => c.notNull())
		.addColumn('counter', 'integer', (c) => c.notNull())
		.addColumn('transports', 'text')
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('used_at', 'text')
		.execute();

	await table('identity')
		.addColumn('issuer', 'text', (c) => c.notNull())
		.addColumn('subject', 'text', (c) => c.notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('identity_key', ['issuer', 'subject'])
		.execute();

	await table('api_token')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('name', 'text', (c) => c.notNull())
		.addColumn('token_hash', 'text', (c) => c.notNull().unique())
		.addColumn('scopes', 'text', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('expires_at', 'text', (c) => c.notNull())
		.addColumn('used_at', 'text')
		.addColumn('revoked_at', 'text')
		.execute();

	await table('idempotency')
		.addColumn('user_id', 'text', (c) => c.notNull().references('user.id'))
		.addColumn('key', 'text', (c) => c.notNull())
		.addColumn('request_hash', 'text', (c) => c.notNull())
		.addColumn('status', 'integer', (c) => c.notNull())
		.addColumn('body', 'text', (c) => c.notNull())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addPrimaryKeyConstraint('idempotency_key', ['user_id', 'key'])
		.execute();

	await table('audit_event')
		.addColumn('seq', 'integer', (c) => c.primaryKey().notNull())
		.addColumn('at', 'text', (c) => c.notNull())
		.addColumn('user_id', 'text')
		.addColumn('actor', 'text', (c) => c.notNull())
		.addColumn('act', 'text', (c) => c.notNull())
		.addColumn('object', 'text', (c) => c.notNull())
		.addColumn('entity_id', 'text')
		.addColumn('meeting_id', 'text')
		.addColumn('initiative_id', 'text')
		.addColumn('before', 'text')
		.addColumn('after', 'text')
		.addColumn('key_id', 'text', (c) => c.notNull())
		.addColumn('hash', 'text', (c) => c.notNull())
		.execute();

	await table('audit_head')
		.addColumn('id', 'integer', (c) => c.primaryKey().notNull())
		.addColumn('seq', 'integer', (c) => c.notNull())
		.addColumn('hash', 'text', (c) => c.notNull())
		.execute();
	await db.insertInto('audit_head').values({ id: 1, seq: 0, hash: '' }).execute();

	await table('outbox')
		.addColumn('id', 'text', (c) => c.primaryKey().notNull())
		.addColumn('to_address', 'text', (c) => c.notNull())
		.addColumn('user_id', 'text', (c) => c.references('user.id'))
		.addColumn('kind', 'text', (c) => c.notNull())
		.addColumn('subject', 'text', (c) => c.notNull())
		.addColumn('text', 'text', (c) => c.notNull())
		.addColumn('html', 'text')
		.addColumn('once', 'text', (c) => c.unique())
		.addColumn('created_at', 'text', (c) => c.notNull())
		.addColumn('send_after', 'text', (c) => c.notNull())
		.addColumn('tries', 'integer', (c) => c.notNull().defaultTo(0))
		.addColumn('sent_at', 'text')
		.addColumn('failed_at', 'text')
		.addColumn('error', 'text')
		.execute();

	await table('lease')
		.addColumn('name', 'text', (c) => c.primaryKey().notNull())
		.addColumn('holder', 'text', (c) => c.notNull())
		.addColumn('until', 'text', (c) => c.notNull())
		.execute();

	await table('installation')
		.addColumn('id', 'integer', (c) => c.primaryKey().notNull())
		.addColumn('demonstration', 'integer', (c) => c.notNull())
		.execute();
	await db
		.insertInto('installation')
		.values({ id: 1, demonstration: (await isDemonstration(db)) ? 1 : 0 })
		.execute();

	const index = async (name: string, table: string, columns: string[]) =>
		db.schema.createIndex(name).on(table).columns(columns).execute();
	await index('grant_by_user', 'grant', ['user_id']);
	await index('grant_by_entity', 'grant', ['entity_id']);
	await index('session_by_user', 'session', ['user_id']);
	await index('audit_event_by_initiative', 'audit_event', ['initiative_id']);
	await index('outbox_by_due', 'outbox', ['sent_at', 'send_after']);

	await appendOnly(db, 'audit_event', 'The audit trail is append-only: nothing in it is changed or deleted.');
}

/** A database that an earlier version filled with the demonstration, and nobody reported to in earnest. */
async function isDemonstration(db: AnyDb) {
	const channels = await db.selectFrom('submission').select('channel').distinct().execute();
	const found = new Set(channels.map(({ channel }) => channel));
	return (
		found.has('demonstration') &&
		[...found].every((channel) => ['demonstration', 'public_record'].includes(channel))
	);
}
