import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { open, transact } from '#db/open.server.ts';
import * as audit from '#lib/server/audit.ts';
import { prepare } from '#lib/server/database.ts';
import * as secret from '#lib/server/secret.ts';
import { folder, waymark, type Ended } from '../../support/process.ts';

/** A refusal is one sentence on standard error, without a stack trace. */
function expectRefusal({ code, said, out }: Ended, sentence: RegExp) {
	expect(said).toMatch(sentence);
	expect(said.trim().split('\n')).toHaveLength(1);
	expect(said).not.toMatch(/^\s+at /m);
	expect(out).toBe('');
	expect(code).toBe(1);
}

async function database() {
	const path = join(folder(), 'waymark.db');
	const DATABASE_URL = `sqlite:${path}`;
	const db = await prepare({ DATABASE_URL });
	return { path, env: { DATABASE_URL }, db };
}

/** One Member and nothing else: enough not to be empty. */
async function withMember() {
	const made = await database();
	await transact(made.db, (trx) =>
		trx
			.insertInto('entity')
			.values({
				id: 'FJI',
				kind: 'member',
				name: 'Fiji',
				name_fr: null,
				name_variants: null,
				iso2: null,
				administration: null,
				subregion: null,
				time_zone: null,
				source_url: null,
				certainty: null,
				search_text: 'fiji'
			})
			.execute()
	);
	return made;
}

test('help names every command, and each has its own', async () => {
	const help = await waymark(['--help']);
	expect(help.code).toBe(0);
	const names = [
		'serve',
		'import',
		'export',
		'demo',
		'freeze',
		'unfreeze',
		'backup',
		'restore',
		'check',
		'user'
	];
	for (const name of names) expect(help.out).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
	const own = await Promise.all(names.map((name) => waymark([name, '--help'])));
	for (const [i, { code, out }] of own.entries()) {
		expect(code).toBe(0);
		expect(out).toContain(`Usage: waymark ${names[i]}`);
		expect(out.length).toBeGreaterThan(200);
	}
});

test('a command that does not exist is refused', async () => {
	const { code, said } = await waymark(['serv']);
	expect(code).toBe(1);
	expect(said).toContain("unknown command 'serv'");
	expect(said).not.toMatch(/^\s+at /m);
});

test('wrong settings are refused before anything is done', async () => {
	const { code, said } = await waymark(['serve'], { PORT: 'x', MODE: 'y' });
	expect(code).toBe(1);
	expect(said.trim().split('\n')).toEqual([
		expect.stringMatching(/^PORT must/),
		expect.stringMatching(/^MODE must/)
	]);
});

test('a folder that can not be written to is refused', async () => {
	const file = join(folder(), 'a-file');
	writeFileSync(file, '');
	expectRefusal(
		await waymark(['demo'], { DATABASE_URL: `sqlite:${file}/waymark.db` }),
		/can't be opened for writing/
	);
});

test('a file that is no database is refused with its own remedy', async () => {
	const file = join(folder(), 'letter.txt');
	writeFileSync(file, 'Dear all, '.repeat(200));
	expectRefusal(await waymark(['demo'], { DATABASE_URL: `sqlite:${file}` }), /is not a database of Waymark/);
});

test('a database server that does not answer is refused', async () => {
	expectRefusal(
		await waymark(['demo'], { DATABASE_URL: 'postgres://waymark@127.0.0.1:1/x' }),
		/does not answer/
	);
});

test('a database of a newer version is refused', async () => {
	const { env, db } = await database();
	await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db);
	await db.destroy();
	expectRefusal(await waymark(['demo'], env), /made by a newer Waymark \(it has "9999-later"\)/);
});

test('the demonstration goes into an empty database only', async () => {
	const { env, db } = await withMember();
	await db.destroy();
	expectRefusal(await waymark(['demo'], env), /is not empty/);
});

test('a port that is taken is refused', async () => {
	const taken = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => taken.once('listening', resolve));
	const { port } = taken.address() as { port: number };
	const ended = await waymark(['serve'], { HOST: '127.0.0.1', PORT: String(port) });
	taken.close();
	expectRefusal(ended, new RegExp(`Port ${port} is taken`));
});

test('a backup is taken while the database is in use, holds everything, and restores', async () => {
	const { path, env, db } = await withMember();
	const copy = `${path}.backup`;
	const backup = await waymark(['backup', copy], env);
	await db.destroy();
	expect(backup).toMatchObject({ code: 0, said: '', out: expect.stringContaining('is sound') });
	expectRefusal(await waymark(['backup', copy], env), /is there already/);

	const elsewhere = { DATABASE_URL: `sqlite:${join(folder(), 'new', 'waymark.db')}` };
	expect(await waymark(['restore', copy], elsewhere)).toMatchObject({ code: 0, said: '' });
	const restored = await open(elsewhere.DATABASE_URL);
	expect(await restored.selectFrom('entity').select('name').execute()).toEqual([{ name: 'Fiji' }]);
	await restored.destroy();
});

test('restoring over data needs --force, and keeps what was there', async () => {
	const { path, env, db } = await withMember();
	await db.destroy();
	const other = await database();
	await other.db.destroy();

	expectRefusal(await waymark(['restore', other.path], env), /holds data.*--force/);
	expect((await waymark(['restore', other.path, '--force'], env)).code).toBe(0);
	const now = await open(env.DATABASE_URL);
	expect(await now.selectFrom('entity').selectAll().execute()).toEqual([]);
	await now.destroy();

	const aside = readdirSync(join(path, '..')).find((name) => name.includes('.before-'));
	const before = await open(`sqlite:${join(path, '..', aside!)}`);
	expect(await before.selectFrom('entity').select('id').execute()).toEqual([{ id: 'FJI' }]);
	await before.destroy();
});

test('nothing is restored over a database that is in use', async () => {
	const { env, db } = await withMember();
	const other = await database();
	await other.db.destroy();
	expectRefusal(await waymark(['restore', other.path, '--force'], env), /is in use/);
	expect(await db.selectFrom('entity').select('id').execute()).toEqual([{ id: 'FJI' }]);
	await db.destroy();
});

test('what is not a sound Waymark database is not restored', async () => {
	const { path, env, db } = await withMember();
	await db.destroy();
	const bad = join(folder(), 'bad.db');
	writeFileSync(bad, 'not a database at all, only some text that is long enough to be looked at');
	expectRefusal(await waymark(['restore', bad, '--force'], env), /bad\.db is not a Waymark database/);
	expectRefusal(await waymark(['restore', `${bad}x`], env), /There is no file/);
	damage(path, bad);
	expectRefusal(await waymark(['restore', bad, '--force'], env), /bad\.db is damaged/);
	expect(existsSync(`${path}.part`)).toBe(false);
});

test('a sound database is called sound', async () => {
	const { env, db } = await withMember();
	await db.destroy();
	expect(await waymark(['check'], env)).toMatchObject({
		code: 0,
		said: '',
		out: expect.stringContaining('The database is sound.')
	});
});

test('a head printed by an earlier check is looked for in the audit trail', async () => {
	const { env, db } = await withMember();
	const SECRET = 'a secret of the test, long enough for it';
	secret.use({ ...env, SECRET });
	const record = () => transact(db, (trx) => audit.record(trx, audit.commandLine, { act: 'a', object: 'b' }));
	await record();
	const { out } = await waymark(['check'], { ...env, SECRET });
	const head = /1 lines, head (\S+)/.exec(out)![1]!;
	await record();
	const check = (hash: string) => waymark(['check', '--head', hash], { ...env, SECRET });
	expect(await check(head)).toMatchObject({ code: 0, said: '' });
	await sql`drop trigger audit_event_refuses_delete`.execute(db);
	await db.deleteFrom('audit_event').execute();
	await db.updateTable('audit_head').set({ seq: 0, hash: '' }).execute();
	await db.destroy();
	expect(await check(head)).toMatchObject({
		code: 1,
		out: expect.stringContaining('The head printed earlier is not in the trail')
	});
});

test('a damaged file, a dangling reference and a wrong count are each found', async () => {
	const { path, env, db } = await withMember();
	await db.destroy();
	const file = { DATABASE_URL: `sqlite:${path}-damaged` };
	damage(path, `${path}-damaged`);
	expect(await waymark(['check'], file)).toMatchObject({
		code: 1,
		out: expect.stringMatching(/^File: \d+ found/)
	});

	const changed = await open(env.DATABASE_URL);
	await sql`pragma foreign_keys = off`.execute(changed);
	await sql`insert into membership (entity_id, from_on) values ('XXX', '2020-01-01')`.execute(changed);
	expect(await waymark(['check'], env)).toMatchObject({
		code: 1,
		out: expect.stringMatching(/^References: 1 found/m)
	});
	await sql`delete from membership`.execute(changed);
	await sql`insert into meeting (id, series, title, starts_on) values ('m', 'RCP', 'M', '2020-01-01')`.execute(
		changed
	);
	await sql`insert into tally (basis, meeting_id, scope_id, entity_id, expected, missing) values ('known', 'm', 'all', 'all', 3, 3)`.execute(
		changed
	);
	expect(await waymark(['check'], env)).toMatchObject({
		code: 1,
		out: expect.stringMatching(/^Counts: \d+ found/m)
	});
	await changed.destroy();
});

test('a database that is not there is said to be missing, and not made', async () => {
	const path = join(folder(), 'none.db');
	for (const command of [['check'], ['backup', `${path}.copy`]])
		expectRefusal(await waymark(command, { DATABASE_URL: `sqlite:${path}` }), /There is no database at/);
	expect(existsSync(path)).toBe(false);
});

/** A copy whose inner pages are overwritten, as a failing disk would. */
function damage(path: string, to: string) {
	copyFileSync(path, to);
	const bytes = readFileSync(to);
	bytes.fill(0x5a, 4096 * 2, 4096 * 12);
	writeFileSync(to, bytes);
}
