import { migrate } from '#db/migrate.server.ts';
import { migrations } from '#db/migrations/index.ts';
import { open, type Db, type Reader } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';
import * as secret from './secret.ts';
import type { Settings } from './settings.ts';

/** Opens the database and brings it up to date. Throws one sentence when it can't, or must not, be used. */
export async function prepare(
	settings: Pick<Settings, 'DATABASE_URL' | 'MODE'> & { SECRET?: string | undefined }
): Promise<Db> {
	const db = await open(settings.DATABASE_URL);
	secret.use(settings);
	try {
		if (!(await isUpToDate(db))) await migrate(db);
		if (settings.MODE === 'demo' && (await holdsRealReports(db))) {
			throw new BadInput(
				'This database holds real reports, so it will not run as a demonstration. Leave MODE out, or name another DATABASE_URL.'
			);
		}
		return db;
	} catch (cause) {
		await db.destroy();
		throw unreachable(cause) ?? cause;
	}
}

/** Have exactly the migrations this version knows been applied? One small query. */
export async function isUpToDate(db: Reader): Promise<boolean> {
	try {
		const rows = await (db as Db)
			.withTables<{ kysely_migration: { name: string } }>()
			.selectFrom('kysely_migration')
			.select('name')
			.execute();
		return rows.length === Object.keys(migrations).length && rows.every((row) => row.name in migrations);
	} catch {
		return false;
	}
}

/** Is everything reported in this database made up, whoever reported it? */
export async function isDemonstration(db: Reader): Promise<boolean> {
	const asked = db.selectFrom('installation').select('demonstration').executeTakeFirst();
	// A database that an earlier version made, and nobody has brought up to date yet, can't say.
	const row = await asked.catch(() => undefined);
	return row?.demonstration === 1;
}

/** Has anybody but the demonstration and the public record reported? Not in a database that is a demonstration as a whole. */
export async function holdsRealReports(db: Reader): Promise<boolean> {
	if (await isDemonstration(db)) return false;
	const row = await db
		.selectFrom('submission')
		.select('channel')
		.where('channel', 'not in', ['public_record', 'demonstration'])
		.limit(1)
		.executeTakeFirst();
	return row !== undefined || holdsLoneUpdates(db);
}

/** Is there an update that came without a submission, as a package may bring it? */
export async function holdsLoneUpdates(db: Reader): Promise<boolean> {
	const row = await db
		.selectFrom('status_update as u')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.select('u.id')
		.where('s.meeting_id', 'is', null)
		.limit(1)
		.executeTakeFirst();
	return row !== undefined;
}

/** Is there nothing in it yet? Whatever a package can bring hangs on an entity, a plan, a meeting or an initiative. */
export async function isEmpty(db: Reader): Promise<boolean> {
	for (const table of ['entity', 'plan', 'meeting', 'initiative'] as const) {
		if (await db.selectFrom(table).select('id').limit(1).executeTakeFirst()) return false;
	}
	return true;
}

function unreachable(cause: unknown) {
	const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
	if (['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code)) {
		return new BadInput(
			`The database server named in DATABASE_URL does not answer (${code}). Is it running?`
		);
	}
	return undefined;
}
