// The built server: `node server.js`. `npm start` checks the build first, then runs this.
import { createServer } from 'node:http';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.napi) < 10) {
	stop(
		`Waymark needs Node 22.18 or newer; this is ${process.version}. "npm start" uses the right one where it can.`
	);
}

// What was compiled at the last start is read back: this one is ready in half the time. Where it can't be kept, it isn't.
enableCompileCache(fileURLToPath(new URL('./build/compiled', import.meta.url)));

// The adapter takes every request for https unless a header says otherwise, and then refuses forms sent over plain http.
process.env.PROTOCOL_HEADER = 'x-forwarded-proto';
process.env.BODY_SIZE_LIMIT ??= '10M';

/** @type {import('node:http').RequestListener} */
let handle;
try {
	// A computed address keeps the type checker out of the build.
	({ handler: handle } = await import(new URL('./build/handler.js', import.meta.url).href));
} catch (cause) {
	const missing = cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND';
	stop(missing ? 'There is no build to serve yet: run "npm start", which makes one.' : sentence(cause));
}

const host = process.env.HOST?.trim() || '0.0.0.0';
const port = Number(process.env.PORT?.trim() || 3000);
const origin = process.env.ORIGIN?.trim() ? new URL(process.env.ORIGIN.trim()) : undefined;

const always = new Headers({ 'x-content-type-options': 'nosniff' });
if (origin?.protocol === 'https:') always.set('strict-transport-security', 'max-age=31536000');
// What these say is about a page. On each of its scripts and fonts they would only be weight, on a thin line.
const forPages = new Headers({
	'referrer-policy': 'same-origin',
	'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
	'cross-origin-opener-policy': 'same-origin'
});

const server = createServer((request, response) => {
	request.headers['x-forwarded-proto'] = origin ? origin.protocol.slice(0, -1) : 'http';
	if (origin) request.headers.host = origin.host;
	response.setHeaders(always);
	if (!request.url?.startsWith('/_app/immutable/')) response.setHeaders(forPages);
	Promise.resolve(handle(request, response)).catch((cause) => {
		console.error(cause);
		response.destroy();
	});
});

server.on('error', (cause) => {
	const code = 'code' in cause ? cause.code : '';
	if (code === 'EADDRINUSE')
		stop(`Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 1} npm start`);
	if (code === 'EACCES')
		stop(`Port ${port} needs more rights than this user has. Choose one above 1023, for example PORT=3000.`);
	if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
		stop(`HOST=${host} is not an address of this machine.`);
	stop(sentence(cause));
});

server.listen({ host, port }, () => {
	const name = ['0.0.0.0', '::', '127.0.0.1', '::1'].includes(host) ? 'localhost' : host;
	console.log(`Waymark is ready. Ctrl+C stops it.\n${origin?.origin ?? `http://${name}:${port}`}`);
});

/** Takes no more requests, finishes those it has, closes the database, and ends. */
function finish() {
	server.close(() => process.emit(/** @type {any} */ ('sveltekit:shutdown'), 'SIGTERM'));
	// A browser keeps its connection open after its answer; it is let go as soon as it is idle.
	setInterval(() => server.closeIdleConnections(), 50).unref();
	setTimeout(() => server.closeAllConnections(), 10_000).unref();
}
process.once('SIGTERM', finish);
process.once('SIGINT', finish);

/** @param {unknown} cause */
function sentence(cause) {
	return cause instanceof Error ? cause.message : String(cause);
}

/**
 * @param {string} why
 * @returns {never}
 */
function stop(why) {
	console.error(why);
	process.exit(1);
}
