import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { isSqlite } from '#db/dialect.ts';
import { open } from '#db/open.server.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { holdsRealReports, isEmpty, prepare } from '#lib/server/database.ts';
import * as people from '#lib/server/demonstration/people.ts';
import * as round from '#lib/server/demonstration/round.ts';
import { fill, isFilled } from '#lib/server/demonstration/fill.ts';
import { read } from '#lib/server/settings.ts';
import { ensureBuild } from '../../scripts/build.ts';
import { ensurePort } from './port.ts';
import { pathOf } from './sqlite-file.ts';

/** Leaves a build and a filled database behind, ready to be served. */
export async function prepareDemo(argv: string[]) {
	const { fresh } = options(argv);
	const settings = read();
	await ensurePort(settings);
	if (fresh) await startOver(settings.DATABASE_URL);

	const db = await prepare(settings);
	try {
		if (await isEmpty(db)) {
			console.log('Loading the demonstration.');
			await fill(db);
		} else if (!(await isFilled(db))) {
			throw new BadInput(
				'This database holds something, and no demonstration reports. Start over with "npm run demo -- --fresh", or name another DATABASE_URL.'
			);
		} else {
			// One that an earlier version filled has no people yet.
			await people.add(db);
			await round.add(db);
		}
	} finally {
		await db.destroy();
	}
	await ensureBuild();
}

function options(argv: string[]) {
	try {
		return parseArgs({ args: argv, options: { fresh: { type: 'boolean', default: false } } }).values;
	} catch {
		throw new BadInput(
			'The demonstration takes one option: npm run demo -- --fresh starts over with the data as it ships.'
		);
	}
}

/** Empties the database. Refuses when somebody has reported in earnest. */
async function startOver(url: string) {
	const db = await open(url);
	try {
		const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
		const hasReports = tables.some((table) => table.name === 'submission') && (await holdsRealReports(db));
		if (hasReports) throw new BadInput('This database holds real reports: --fresh will not delete them.');
		if (!isSqlite(db)) {
			for (const { name } of tables) await sql`drop table if exists ${sql.id(name)} cascade`.execute(db);
		}
	} finally {
		await db.destroy();
	}
	const path = pathOf(url);
	if (path) for (const end of ['', '-wal', '-shm']) rmSync(path + end, { force: true });
}
