import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { transact } from '#db/open.server.ts';
import { largest, pack, send, type Answer } from '#lib/server/http/answer.ts';
import { AnswerCache, stamp } from '#lib/server/http/cache.ts';
import { choose, isCompressible } from '#lib/server/http/encoding.ts';
import { noDoor, refused, signInFirst } from '#lib/server/http/gate.ts';
import { isForEveryone, keyOf } from '#lib/server/http/keep.ts';
import { isCrossSite, ownPath } from '#lib/server/http/origin.ts';
import { asProblem } from '#lib/server/http/problem.ts';
import { revision } from '#lib/server/http/revision.ts';
import { emptyDatabase } from '../../support/database.ts';

const ask = (headers: Record<string, string> = {}, method = 'GET') =>
	new Request('http://localhost/plans?a=1', { headers, method });

const page = (text = 'plans and meetings '.repeat(200), headers: Record<string, string> = {}) =>
	new Response(text, { headers: { 'content-type': 'text/html', ...headers } });

async function packed(request: Request, response: Response) {
	const answer = await pack(request, response);
	expect(answer).not.toBeInstanceOf(Response);
	return answer as Answer;
}

test.each([
	[null, 'identity'],
	['', 'identity'],
	['gzip', 'gzip'],
	['gzip, deflate, br', 'br'],
	['br;q=0, gzip', 'gzip'],
	['br;q=0.2, gzip;q=0.9', 'gzip'],
	['GZIP;Q=0.5', 'gzip'],
	['identity', 'identity'],
	['*', 'br'],
	['*;q=0', 'identity'],
	['br;q=x', 'identity']
])('of "%s", %s is chosen', (header, encoding) => {
	expect(choose(header)).toBe(encoding);
});

test('text is compressed; pictures and workbooks are not', () => {
	for (const type of [
		'text/html',
		'text/csv; charset=utf-8',
		'application/json',
		'application/problem+json',
		'image/svg+xml'
	])
		expect(isCompressible(type), type).toBe(true);
	for (const type of ['image/png', 'application/zip', 'font/woff2', null])
		expect(isCompressible(type)).toBe(false);
});

test('a page arrives the same however it was compressed, under an ETag for each way', async () => {
	const text = 'plans and meetings '.repeat(200);
	const [br, gz, plain] = await Promise.all(
		['br', 'gzip', 'identity'].map((name) => packed(ask({ 'accept-encoding': name }), page(text)))
	);
	expect(brotliDecompressSync(br!.body).toString()).toBe(text);
	expect(gunzipSync(gz!.body).toString()).toBe(text);
	expect(plain!.body.toString()).toBe(text);
	expect(new Set([br!.etag, gz!.etag, plain!.etag]).size).toBe(3);
	const { headers } = send(br!, ask());
	expect(headers.get('content-encoding')).toBe('br');
	expect(headers.get('vary')).toBe('accept-encoding');
	expect(headers.get('content-length')).toBe(String(br!.body.length));
});

test('who holds the page already is told so, and gets no body', async () => {
	const answer = await packed(ask(), page());
	for (const held of [answer.etag, `W/${answer.etag}`, `"other", ${answer.etag}`, '*']) {
		const response = send(answer, ask({ 'if-none-match': held }));
		expect(response.status).toBe(304);
		expect(await response.text()).toBe('');
		expect(response.headers.get('etag')).toBe(answer.etag);
	}
	expect(send(answer, ask({ 'if-none-match': '"other"' })).status).toBe(200);
});

test('an error is never "not modified"', async () => {
	const answer = await packed(ask(), new Response('no', { status: 404 }));
	expect(send(answer, ask({ 'if-none-match': '*' }), 404).status).toBe(404);
});

test('what is too large to hold is passed on part by part, complete', async () => {
	const text = 'x'.repeat(largest + 10);
	const response = (await pack(ask({ 'accept-encoding': 'gzip' }), page(text))) as Response;
	expect(response).toBeInstanceOf(Response);
	expect(gunzipSync(Buffer.from(await response.arrayBuffer())).toString()).toBe(text);
});

test('a page that is still being written is not waited for', async () => {
	let finish = () => {};
	const body = new ReadableStream({
		start(controller) {
			controller.enqueue(new TextEncoder().encode('first part'));
			finish = () => controller.close();
		}
	});
	const headers = { 'content-type': 'text/html', 'x-sveltekit-page': 'true' };
	const response = (await pack(
		ask({ 'accept-encoding': 'gzip' }),
		new Response(body, { headers })
	)) as Response;
	const { value } = await response.body!.getReader().read();
	expect(value!.length).toBeGreaterThan(0);
	finish();
});

const answer = (size: number): Answer => ({ headers: [], body: Buffer.alloc(size), etag: '"x"' });

test('an answer is kept until the revision or the day is another', () => {
	const cache = new AnswerCache(1e6);
	const monday = new Date('2024-04-01T23:59:00Z');
	const tuesday = new Date('2024-04-02T00:01:00Z');
	cache.set(stamp(7, monday), 'a', answer(1));
	expect(cache.get(stamp(7, monday), 'a')).toBeDefined();
	expect(cache.get(stamp(8, monday), 'a')).toBeUndefined();
	expect(cache.get(stamp(7, tuesday), 'a')).toBeUndefined();
});

test('a slow request does not bring back what was worked out before a change', () => {
	const cache = new AnswerCache(1e6);
	cache.set(stamp(10), 'a', answer(1));
	cache.set(stamp(9), 'b', answer(1));
	expect(cache.get(stamp(10), 'a')).toBeDefined();
	expect(cache.get(stamp(9), 'b')).toBeUndefined();
	expect(cache.get(stamp(10), 'b')).toBeUndefined();
});

test('the cache never outgrows its room, and lets go of what nobody asked for the longest', () => {
	const cache = new AnswerCache(10_000);
	for (const key of ['a', 'b', 'c']) cache.set('1', key, answer(1500));
	cache.get('1', 'a');
	cache.set('1', 'd', answer(1500));
	cache.set('1', 'e', answer(1500));
	expect(cache.size).toBeLessThanOrEqual(10_000);
	expect(cache.get('1', 'a')).toBeDefined();
	expect(cache.get('1', 'b')).toBeUndefined();
	cache.set('1', 'a', answer(1500));
	for (let i = 0; i < 100; i++) cache.set('1', `x${i}`, answer(i * 40));
	expect(cache.size).toBeLessThanOrEqual(10_000);
});

test('requests of somebody in particular are never answered from what is kept', () => {
	expect(keyOf(ask())).toBeDefined();
	expect(keyOf(ask({ cookie: 'a=b' }))).toBeUndefined();
	expect(keyOf(ask({ authorization: 'Bearer x' }))).toBeUndefined();
	expect(keyOf(ask({}, 'POST'))).toBeUndefined();
	expect(keyOf(ask())).not.toBe(keyOf(ask({ 'accept-encoding': 'br' })));
	expect(keyOf(new Request('http://one.example/'))).not.toBe(keyOf(new Request('http://two.example/')));
});

test('only what everybody may see alike is kept', () => {
	expect(isForEveryone(ask(), page())).toBe(true);
	expect(isForEveryone(ask({}, 'HEAD'), page())).toBe(false);
	expect(isForEveryone(ask(), new Response('', { status: 404 }))).toBe(false);
	const personal: Record<string, string>[] = [
		{ 'set-cookie': 'a=b' },
		{ vary: 'accept' },
		{ 'cache-control': 'private' },
		{ 'cache-control': 'no-store' }
	];
	for (const headers of personal) expect(isForEveryone(ask(), page('', headers))).toBe(false);
});

test('each change moves the revision on', async () => {
	const db = await emptyDatabase();
	const before = await revision(db);
	await transact(db, async () => {});
	expect(await revision(db)).toBe(before + 1);
});

test('programs get a problem document for every error, with the sentence where one is known', async () => {
	const nowhere = new URL('http://localhost/api/v1/x?y=1');
	const unknown = asProblem(
		new Response('<h1>Not found</h1>', { status: 404, headers: { 'content-type': 'text/html' } }),
		nowhere
	);
	expect(unknown.headers.get('content-type')).toBe('application/problem+json');
	expect(await unknown.json()).toMatchObject({
		type: 'about:blank',
		title: 'Not Found',
		instance: '/api/v1/x',
		status: 404,
		detail: expect.stringMatching(/\w/)
	});
	const known = asProblem(new Response('', { status: 404 }), nowhere, {
		status: 404,
		message: 'There is no plan "x".'
	});
	expect(await known.json()).toMatchObject({ detail: 'There is no plan "x".' });
	const refused = asProblem(new Response('', { status: 405, headers: { allow: 'GET' } }), nowhere);
	expect(refused.headers.get('allow')).toBe('GET');
	const fine = page();
	expect(asProblem(fine, nowhere)).toBe(fine);
});

const at = (path: string, { accept = '*/*', method = 'GET', isDataRequest = false } = {}) => ({
	request: new Request(`http://localhost${path}`, { method, headers: { accept } }),
	url: new URL(path, 'http://localhost'),
	isDataRequest
});

test('a closed installation leads people to the sign-in page and back, and runs no script', async () => {
	const browser = await signInFirst(at('/members?q=1', { accept: 'text/html,*/*' }));
	expect(browser.status).toBe(303);
	expect(browser.headers.get('location')).toBe('/sign-in?to=%2Fmembers%3Fq%3D1');
	const html = await signInFirst(at('/members'));
	expect(html.status).toBe(401);
	expect(html.headers.get('content-security-policy')).not.toMatch(/unsafe|script/);
	expect(await html.text()).toContain('href="/sign-in?to=%2Fmembers"');
	const program = await signInFirst(at('/api/v1/status-updates', { method: 'POST' }));
	expect(program.headers.get('content-type')).toBe('application/problem+json');
	expect(program.headers.get('www-authenticate')).toBe('Bearer');
	expect((await program.json()).detail).toMatch(/Authorization: Bearer .*/);
	expect(await (await signInFirst(at('/', { isDataRequest: true }))).json()).toMatchObject({ status: 401 });
});

test('whoever was signed out over a form gets every word of it back, to be sent again', async () => {
	const words = '<script>alert(1)</script>\n“Begun” & more';
	const body = new URLSearchParams([
		['progress_note', words],
		['milestones', 'm1'],
		['milestones', 'm2']
	]);
	const url = new URL('http://localhost/report/rcp-33/aeo?/save&entity=FJI');
	const request = new Request(url, { method: 'POST', body, headers: { accept: 'text/html' } });
	const answer = await signInFirst({ request, url, isDataRequest: false });
	expect(answer.status).toBe(401);
	const html = await answer.text();
	expect(html).toContain('action="/report/rcp-33/aeo?/save&amp;entity=FJI"');
	expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;\n“Begun” &amp; more');
	expect(html.match(/name="milestones"/g)).toHaveLength(2);
	expect(html).not.toContain('<script>');
});

test('whoever may not is told so in the shape they asked in', async () => {
	expect(refused(at('/admin')).status).toBe(403);
	expect(refused(at('/api/v1/x')).headers.get('content-type')).toBe('application/problem+json');
	const sent = at('/api/v1/x');
	sent.request.headers.set('authorization', 'Bearer waymark_x');
	const byToken = refused(sent);
	expect((await byToken.json()).detail).toContain('This token was not made for that');
	const route = { id: '/api/v1/status-updates' } as const;
	const closed = noDoor({ ...at('/api/v1/status-updates', { method: 'PUT' }), route });
	expect([closed.status, closed.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
	expect(noDoor({ ...at('/members', { method: 'POST' }), route: { id: null } }).status).toBe(405);
	const posted = noDoor({ ...at('/api/v1/submissions'), route: { id: '/api/v1/submissions' } });
	expect([posted.status, posted.headers.get('allow')], 'programs are told what it takes').toEqual([
		405,
		'POST'
	]);
	expect(noDoor({ ...at('/api/v1/none'), route: { id: null } }).status).toBe(404);
	expect(noDoor({ ...at('/members'), route: { id: null } }).status).toBe(404);
});

test.each([
	['/members?q=1#a', '/members?q=1#a'],
	['//elsewhere.example', null],
	['/\\elsewhere.example', null],
	['https://elsewhere.example/', null],
	['/\t/elsewhere.example', null],
	['members', null],
	[null, null]
])('going back to %s after signing in leads to %s', (given, path) => {
	expect(ownPath(given)).toBe(path);
});

test.each([
	['a form of another site', 'POST', { origin: 'https://elsewhere.example' }, true],
	[
		'a script of another site, sending JSON',
		'PUT',
		{ origin: 'null', 'content-type': 'application/json' },
		true
	],
	['a cookie from nowhere', 'DELETE', { cookie: 'session=1' }, true],
	['our own page', 'POST', { origin: 'http://localhost' }, false],
	['a program', 'POST', {}, false],
	['somebody reading', 'GET', { origin: 'https://elsewhere.example' }, false]
])('of changes, those of other sites are refused: %s', (_, method, headers, refused) => {
	expect(isCrossSite(ask(headers as Record<string, string>, method), 'http://localhost')).toBe(refused);
});
