import type { Command } from 'commander';
import { sql } from 'kysely';
import { isSqlite } from '#db/dialect.ts';
import { open, type Db } from '#db/open.server.ts';
import { isUpToDate } from '#lib/server/database.ts';
import * as secret from '#lib/server/secret.ts';
import { read } from '#lib/server/settings.ts';
import * as file from '../sqlite-file.ts';

export function register(program: Command) {
	program
		.command('check')
		.description('read the whole database and say whether it is sound')
		.option(
			'--head <hash>',
			'the head of the audit trail that an earlier check printed: it has to be in the trail still'
		)
		.addHelpText(
			'after',
			`
Checks that the file is undamaged, that every reference leads somewhere, that the counts the charts are drawn from
equal a recount from the status updates, that every snapshot of a frozen meeting is what was sealed, and that no line
of the audit trail was changed, taken out or cut off.
Prints the head of the trail: kept elsewhere and given back with --head, it tells of lines cut off at the end.
Changes nothing. Exit code 1 when anything is wrong.`
		)
		.action(async ({ head }: { head?: string }) => {
			const settings = read();
			const { DATABASE_URL } = settings;
			secret.use(settings);
			if (file.pathOf(DATABASE_URL) !== undefined) file.existing(DATABASE_URL, '');
			const db = await open(DATABASE_URL);
			try {
				for (const { name, find } of checks) {
					const wrong = await find(db, head);
					console.log(`${name}: ${wrong.length === 0 ? 'sound' : `${wrong.length} found`}`);
					for (const line of wrong.slice(0, 20)) console.log(`  ${line}`);
					if (wrong.length === 0) continue;
					process.exitCode = 1;
					return;
				}
				const newest = await (await import('#lib/server/audit.ts')).head(db);
				console.log(
					`The database is sound. Audit trail: ${newest.seq} lines, head ${newest.hash || 'none yet'}`
				);
			} finally {
				await db.destroy();
			}
		});
}

/** In this order: a later check presumes what an earlier one has shown. Each answers with what is wrong, in sentences. */
const checks: { name: string; find: (db: Db, head?: string) => Promise<string[]> }[] = [
	{ name: 'File', find: damage },
	{ name: 'References', find: dangling },
	{
		name: 'Version',
		find: async (db) =>
			(await isUpToDate(db)) ? [] : ['It is of another version: npm start brings an older one up to date.']
	},
	{ name: 'Counts', find: async (db) => (await import('#lib/server/standings.ts')).verify(db) },
	{ name: 'Snapshots', find: async (db) => (await import('#lib/server/snapshots/verify.ts')).verify(db) },
	{ name: 'Audit trail', find: async (db, head) => (await import('#lib/server/audit.ts')).verify(db, head) }
];

async function damage(db: Db) {
	if (!isSqlite(db)) return [];
	try {
		const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
		return rows.flatMap((row) => row.integrity_check.split('\n')).filter((line) => line !== 'ok');
	} catch (cause) {
		return [cause instanceof Error ? cause.message : String(cause)];
	}
}

/** PostgreSQL does not let a reference lead nowhere in the first place. */
async function dangling(db: Db) {
	if (!isSqlite(db)) return [];
	const { rows } = await sql<{
		table: string;
		rowid: number;
		parent: string;
	}>`pragma foreign_key_check`.execute(db);
	return rows.map(
		(row) => `A row of "${row.table}" (${row.rowid}) refers to a row of "${row.parent}" that is not there.`
	);
}
