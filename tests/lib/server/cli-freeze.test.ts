import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { open } from '#db/open.server.ts';
import { prepare } from '#lib/server/database.ts';
import { importPackage } from '#lib/server/import/package.ts';
import { asFolder, good } from '../../support/packages.ts';
import { person } from '../../support/people.ts';
import { folder, waymark } from '../../support/process.ts';

const office = 'office@example.org';
const admin = 'admin@example.org';

/** A database file with a small region in it, and people who may. */
async function region() {
	const path = join(folder(), 'waymark.db');
	const env = { DATABASE_URL: `sqlite:${path}`, SECRET: 's'.repeat(40) };
	const db = await prepare(env);
	const { 'freezes.csv': _, ...files } = good();
	await importPackage(db, await asFolder(files));
	await person(db, 'vice_chair_office', { email: office });
	await person(db, 'administrator', { email: admin });
	await db.destroy();
	return { path, env };
}

/** Sets where the answers to the round stand, past all rules. */
async function say({ DATABASE_URL }: { DATABASE_URL: string }, state: 'draft' | 'submitted') {
	const db = await open(DATABASE_URL);
	await db.updateTable('submission').set({ state }).where('meeting_id', '=', 'rcp-32').execute();
	await db.destroy();
}

test('a meeting is frozen and let go from the command line, by whom that is up to', async () => {
	const { env } = await region();
	const run = (...args: string[]) => waymark(args, env);

	const nobody = await run('freeze', 'rcp-32', '--by', 'who@example.org');
	expect([nobody.code, nobody.said]).toEqual([1, expect.stringMatching(/^Nobody here has the address/)]);
	const wrong = await run('freeze', 'rcp-32', '--by', admin);
	expect([wrong.code, wrong.said]).toEqual([
		1,
		`${admin} may not do this: it takes the role Vice-Chair's office.\n`
	]);

	await say(env, 'draft');
	const early = await run('freeze', 'rcp-32', '--by', office);
	expect([early.code, early.said]).toEqual([1, expect.stringMatching(/add --leave-out-drafts\.$/m)]);
	await say(env, 'submitted');

	const first = await run('freeze', 'rcp-32', '--by', office);
	expect(first).toMatchObject({ code: 0, said: '' });
	expect(first.out).toMatch(/^rcp-32 is frozen as of .*: snapshot 1, .* SHA-256 [0-9a-f]{64}\.$/m);
	const twice = await run('freeze', 'rcp-32', '--by', office);
	expect([twice.code, twice.said]).toEqual([1, expect.stringMatching(/^rcp-32 is frozen already\./)]);
	expect((await run('check')).out).toMatch(/^Snapshots: sound$/m);

	const not = await run('unfreeze', 'rcp-32', '--by', office, '--reason', 'Please');
	expect([not.code, not.said]).toEqual([1, expect.stringMatching(/it takes the role Administrator\.$/m)]);
	const undone = await run('unfreeze', 'rcp-32', '--by', admin, '--reason', 'Fiji was left out');
	expect(undone).toMatchObject({ code: 0, said: '' });
	expect((await run('freeze', 'rcp-32', '--by', office)).out).toMatch(/snapshot 2/);
	expect((await run('check')).code).toBe(0);
});

test('a backup carries the snapshots, and check finds one that somebody has changed', async () => {
	const { env, path } = await region();
	await waymark(['freeze', 'rcp-32', '--by', office], env);
	const copy = join(folder(), 'copy.db');
	expect((await waymark(['backup', copy], env)).code).toBe(0);
	const other = { ...env, DATABASE_URL: `sqlite:${join(folder(), 'other.db')}` };
	expect((await waymark(['restore', copy], other)).code).toBe(0);
	expect((await waymark(['check'], other)).out).toMatch(/^Snapshots: sound$/m);

	const db = await open(`sqlite:${path}`);
	await sql`drop trigger snapshot_part_refuses_update`.execute(db);
	await sql`update snapshot_part set lines = (select lines from snapshot_part where name = 'plan') where name = 'entity'`.execute(
		db
	);
	await db.destroy();
	const { code, out } = await waymark(['check'], env);
	expect(code).toBe(1);
	expect(out).toMatch(/^Snapshots: 1 found$/m);
	expect(out).toMatch(/^ {2}Snapshot 1 of rcp-32 is not what was sealed/m);
});
