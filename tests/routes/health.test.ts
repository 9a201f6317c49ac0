import { rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { open, transact, type Db } from '#db/open.server.ts';
import { prepare } from '#lib/server/database.ts';
import { ensureBuild } from '../../scripts/build.ts';
import { ownDatabase } from '../support/database-url.ts';
import { begin, folder, freePort, serve } from '../support/process.ts';

// The built server, asked over the network: what a proxy, a browser and whoever runs it see.

beforeAll(ensureBuild, 240_000);

/** A served installation with one Member, and a way to change its database from outside, as an import does. */
async function installation(settings: Record<string, string> = {}) {
	const DATABASE_URL = await ownDatabase();
	const db = await prepare({ DATABASE_URL });
	await addMember(db, 'FJI', 'Fiji');
	const server = await serve({ DATABASE_URL, ...settings });
	return { ...server, db };
}

function addMember(db: Db, id: string, name: string) {
	const unsaid = { source_url: null, certainty: null };
	const names = { name_fr: null, name_variants: null, iso2: null, administration: null, search_text: name };
	return transact(db, async (trx) => {
		await trx
			.insertInto('entity')
			.values({ id, kind: 'member', name, ...names, subregion: null, time_zone: null, ...unsaid })
			.execute();
		await trx
			.insertInto('membership')
			.values({ entity_id: id, from_on: '2000-01-01', to_on: null, basis: null, ...unsaid })
			.execute();
	});
}

test('it is alive, and ready once its database is', async () => {
	const { url, db, child, ended } = await installation();
	expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'alive' });
	expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ status: 'ready' });

	await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`.execute(db);
	const answer = await fetch(`${url}/readyz`);
	expect(answer.status).toBe(503);
	expect(answer.headers.get('content-type')).toBe('application/problem+json');
	expect((await fetch(`${url}/healthz`)).status).toBe(200);
	await db.destroy();
	child.kill('SIGTERM');
	expect((await ended).code).toBe(0);
});

test('nothing is shown before somebody publishes it', async () => {
	const { url, db } = await installation();
	for (const path of [
		'/',
		'/members',
		'/members/FJI',
		'/api/v1/entities',
		'/charts/stages.svg',
		'/nowhere',
		'/__data.json',
		'/members/__data.json'
	]) {
		const answer = await fetch(url + path);
		expect(answer.status, path).toBe(401);
		expect(await answer.text()).not.toContain('Fiji');
	}
	for (const path of ['/healthz', '/readyz', '/method', '/icon.svg'])
		expect((await fetch(url + path)).status, path).toBe(200);
	await db.destroy();
});

test('a change in the database changes the next answer, and only then', async () => {
	const { url, db } = await installation({ PUBLIC_READ: 'true' });
	for (const path of ['/members', '/api/v1/entities', '/members/__data.json']) {
		const name = `Newland${path.length}`;
		const first = await fetch(url + path);
		const again = await fetch(url + path);
		expect(first.status).toBe(200);
		expect((await first.text()).includes(name)).toBe(false);
		expect(again.headers.get('etag')).toBe(first.headers.get('etag'));

		await addMember(db, `N${path.length}`, name);
		const after = await fetch(url + path);
		expect((await after.text()).includes(name), path).toBe(true);
		expect(after.headers.get('etag')).not.toBe(first.headers.get('etag'));
	}
	await db.destroy();
});

test('answers are compressed as asked, and not sent again to who has them', async () => {
	const { url, db } = await installation({ PUBLIC_READ: 'true' });
	for (const path of ['/members', '/api/v1/openapi.json']) {
		for (const encoding of ['br', 'gzip']) {
			const answer = await fetch(url + path, { headers: { 'accept-encoding': encoding } });
			expect(answer.headers.get('content-encoding'), path).toBe(encoding);
			expect(answer.headers.get('vary')).toContain('accept-encoding');
			expect((await answer.text()).length).toBeGreaterThan(Number(answer.headers.get('content-length')));
			const etag = answer.headers.get('etag')!;
			const held = await fetch(url + path, {
				headers: { 'accept-encoding': encoding, 'if-none-match': etag }
			});
			expect(held.status).toBe(304);
			expect(await held.text()).toBe('');
		}
		const plain = await fetch(url + path, { headers: { 'accept-encoding': 'identity' } });
		expect(plain.headers.get('content-encoding')).toBeNull();
		const head = await fetch(url + path, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } });
		expect(head.headers.get('content-length')).toBe(plain.headers.get('content-length'));
	}
	await db.destroy();
});

test('every answer carries the headers that keep a browser safe, and an id', async () => {
	const { url, db } = await installation({ PUBLIC_READ: 'true', ORIGIN: 'https://waymark.example.org' });
	for (const path of ['/', '/nowhere', '/api/v1/plans', '/api/nowhere', '/icon.svg', '/plans/']) {
		const { headers } = await fetch(url + path, { redirect: 'manual' });
		expect(headers.get('x-content-type-options'), path).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('permissions-policy')).toContain('camera=()');
		expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
		expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d{8}/);
	}
	const page = await fetch(`${url}/`, { headers: { 'x-request-id': 'from-the-proxy' } });
	expect(page.headers.get('x-request-id')).toBe('from-the-proxy');
	const policy = page.headers.get('content-security-policy')!;
	expect(policy).toContain("default-src 'self'");
	expect(policy).not.toMatch(/script-src[^;]*'unsafe/);
	const data = await fetch(`${url}/api/v1/plans`, { headers: { 'x-request-id': '<script>' } });
	expect(data.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
	expect(data.headers.get('content-security-policy')).toContain("default-src 'none'");
	await db.destroy();
});

test('a fault is answered without its details, and found in the log by its id', async () => {
	const { url, db, child, ended, out } = await installation({ PUBLIC_READ: 'true' });
	await sql`alter table revision rename to lost`.execute(db);
	await db.destroy();
	const page = await fetch(url);
	expect(page.status).toBe(500);
	expect(await page.text()).not.toMatch(/revision|SELECT|node_modules/i);
	child.kill('SIGTERM');
	await ended;
	const fault = out()
		.split('\n')
		.find((line) => line.includes('"error"'));
	expect(JSON.parse(fault!)).toMatchObject({ level: 'error', id: page.headers.get('x-request-id') });
	expect(fault).toContain('revision');
});

test('over plain http nobody is told to insist on https', async () => {
	const { url, db } = await installation();
	expect((await fetch(url)).headers.get('strict-transport-security')).toBeNull();
	await db.destroy();
});

test('a demonstration will not run over real reports', async () => {
	const DATABASE_URL = await ownDatabase();
	const db = await prepare({ DATABASE_URL });
	await addMember(db, 'FJI', 'Fiji');
	await sql`insert into meeting (id, series, title, starts_on) values ('m', 'RCP', 'M', '2024-01-01')`.execute(
		db
	);
	await sql`insert into submission (meeting_id, entity_id, state, channel) values ('m', 'FJI', 'submitted', 'web')`.execute(
		db
	);
	await db.destroy();
	const { ended } = begin(['server.js'], { DATABASE_URL, MODE: 'demo', PORT: String(await freePort()) });
	const { code, said, out } = await ended;
	expect(code).toBe(1);
	expect(said).toMatch(/^This database holds real reports[^\n]*\n$/);
	expect(out).toBe('');
});

test('a wrong setting stops it with a sentence', async () => {
	const { code, said } = await begin(['server.js'], { PORT: 'nowhere' }).ended;
	expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/^PORT must be a number[^\n]*\n$/) });
});

test('a taken port stops it with a sentence', async () => {
	const { url, db } = await installation();
	const DATABASE_URL = `sqlite:${join(folder(), 'other.db')}`;
	const { code, said } = await begin(['server.js'], {
		DATABASE_URL,
		HOST: '127.0.0.1',
		PORT: new URL(url).port
	}).ended;
	expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/^Port \d+ is taken[^\n]*\n$/) });
	await db.destroy();
});

test('asked to stop, it finishes the requests it has, takes no other, and ends', async () => {
	const { url, db, child, ended } = await installation({ PUBLIC_READ: 'true' });
	const agent = new Agent({ keepAlive: true });
	const ask = (path: string) =>
		new Promise<string>((resolve, reject) => {
			get(url + path, { agent }, (answer) => text(answer).then(resolve, reject)).on('error', reject);
		});
	const four = [1, 2, 3, 4];
	// Connected first: what has not been accepted yet is not a request it has.
	await Promise.all(four.map(() => ask('/healthz')));
	const answers = four.map((number) => ask(`/?number=${number}`));
	await Promise.race(answers);
	child.kill('SIGTERM');
	for (const page of await Promise.all(answers)) expect(page).toMatch(/<\/html>\s*$/);
	const { code, said } = await ended;
	expect({ code, said }).toEqual({ code: 0, said: '' });
	await expect(fetch(url)).rejects.toThrow();
	await db.destroy();
});

test('its log is one line of JSON for each request, without what was asked', async () => {
	const { url, db, child, ended, out } = await installation({ PUBLIC_READ: 'true' });
	const answer = await fetch(`${url}/initiatives?q=somebody@example.org`);
	child.kill('SIGTERM');
	await ended;
	const line = out()
		.split('\n')
		.find((text) => text.includes('/initiatives'));
	expect(JSON.parse(line!)).toMatchObject({
		level: 'info',
		id: answer.headers.get('x-request-id'),
		method: 'GET',
		path: '/initiatives',
		status: 200,
		ms: expect.any(Number)
	});
	expect(out()).not.toContain('somebody');
	await db.destroy();
});

test('an sqlite file that somebody removed makes it not ready, and no secret is told', async () => {
	const path = join(folder(), 'gone.db');
	const server = await serve({ DATABASE_URL: `sqlite:${path}` });
	const other = await open(`sqlite:${path}`);
	await sql`drop table kysely_migration`.execute(other);
	await other.destroy();
	rmSync(path);
	const answer = await fetch(`${server.url}/readyz`);
	expect(answer.status).toBe(503);
	expect(await answer.text()).not.toContain(path);
});

test('a change to what can only be read is told so, however it was sent; one from another site is refused', async () => {
	const { url } = await installation({ PUBLIC_READ: 'true' });
	const send = (headers: Record<string, string>) => fetch(`${url}/api/v1/plans`, { method: 'POST', headers });
	for (const headers of [{}, { origin: url }, { 'content-type': 'application/x-www-form-urlencoded' }]) {
		const answer = await send(headers as Record<string, string>);
		expect(answer.status).toBe(405);
		expect(answer.headers.get('content-type')).toBe('application/problem+json');
	}
	const form = { origin: 'https://elsewhere.example', 'content-type': 'application/x-www-form-urlencoded' };
	expect((await send(form)).status).toBe(403);
});

test('an address of the API that is nothing says so, also to a page that asks for its data', async () => {
	const { url } = await installation({ PUBLIC_READ: 'true' });
	for (const path of ['/api', '/api/__data.json', '/api/v1/nothing']) {
		const answer = await fetch(url + path);
		expect(answer.status).toBe(404);
		expect((await answer.json()).detail).toMatch(/openapi\.json/);
	}
});
