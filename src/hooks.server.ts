import type { RequestEvent } from '@sveltejs/kit';
import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { isUnstorable } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import { NotNow, statusOf } from '#lib/domain/errors.ts';
import { verdict } from '#lib/server/access/guard.ts';
import { prepare } from '#lib/server/database.ts';
import { pack, send } from '#lib/server/http/answer.ts';
import { AnswerCache, stamp } from '#lib/server/http/cache.ts';
import { bearerOf } from '#lib/server/http/bearer.ts';
import { noDoor, refused, signInFirst, unknownToken } from '#lib/server/http/gate.ts';
import { complete, requestId } from '#lib/server/http/headers.ts';
import { isForEveryone, isReading, keyOf } from '#lib/server/http/keep.ts';
import { scriptsLast } from '#lib/server/http/late.ts';
import { crossSiteSentence, isCrossSite } from '#lib/server/http/origin.ts';
import { asProblem, isForPrograms, problem } from '#lib/server/http/problem.ts';
import { revision } from '#lib/server/http/revision.ts';
import { log } from '#lib/server/log.ts';
import * as worker from '#lib/server/mail/worker.ts';
import * as sessions from '#lib/server/sessions.ts';
import { offerSetup } from '#lib/server/set-up.ts';
import { isOpen, read, type Settings } from '#lib/server/settings.ts';
import * as tokens from '#lib/server/tokens.ts';

const cache = new AnswerCache(32 * 1024 * 1024);
let settings: Settings;
let db: Db;

export const init: ServerInit = async () => {
	settings = read();
	db = await prepare(settings);
	await offerSetup(db, settings);
	worker.start(db, settings);
	process.once('sveltekit:shutdown' as 'exit', () => void worker.stop().then(() => db.destroy()));
};

export const handle: Handle = async ({ event, resolve }) => {
	// A page that asks the API while it is drawn is part of the request around it.
	if (event.isSubRequest) return resolve(event);

	const began = performance.now();
	const { locals, request, url } = event;
	Object.assign(locals, { db, settings, id: requestId(request) });
	const response = complete(await answer(event, resolve), locals.id);
	log[isHealth(url.pathname) ? 'debug' : 'info']({
		id: locals.id,
		method: request.method,
		path: url.pathname,
		status: response.status,
		ms: Math.round((performance.now() - began) * 10) / 10
	});
	return response;
};

/** Says no to whom the table of routes does not let in, sends what is kept, or asks the route and keeps what it said. */
async function answer(event: RequestEvent, resolve: Parameters<Handle>[0]['resolve']): Promise<Response> {
	const { locals, request, url, route } = event;
	const { pathname } = url;
	if (isHealth(pathname)) return resolve(event);

	const key = keyOf(request);
	const open = isOpen(settings);
	const now = key === undefined ? undefined : await present();
	const kept = open && now && key && cache.get(now, key);
	if (kept) return send(kept, request);

	const recognised = await recognise(event);
	if (!recognised) return unknownToken(event);
	if (isCrossSite(request, url.origin)) return problem(403, crossSiteSentence, url);
	// What no route matches is not found, by whoever may look.
	const found = verdict({
		route_id: route.id ?? anyPage,
		method: request.method,
		url,
		user: locals.user,
		open
	});
	if (found === 'sign_in') return signInFirst(event);
	if (found === 'refuse') return refused(event);
	if (found === 'nothing') return noDoor(event);

	let response = await resolve(event, { transformPageChunk: scriptsLast });
	if (isForPrograms(pathname)) response = asProblem(response, url, locals.failure);
	if (!isReading(request) || !response.body) return response;
	if (locals.user && !response.headers.has('cache-control'))
		response.headers.set('cache-control', 'private, no-cache');
	const keep = open && isForEveryone(request, response);
	const packed = await pack(request, response);
	if (packed instanceof Response) return packed;
	if (keep && now && key) cache.set(now, key, packed);
	return send(packed, request, response.status);
}

/** The page that everybody may read who may read anything. */
const anyPage = '/(public)';

/** Who comes with this cookie or token, where one comes with it. A token that is good for nothing is not passed over. */
async function recognise({ locals, cookies, request, url }: RequestEvent): Promise<boolean> {
	const bearer = bearerOf(request);
	if (bearer !== undefined) {
		locals.user = await tokens.find(db, bearer);
		return locals.user !== undefined;
	}
	const token = cookies.get(sessions.cookieName(url.protocol === 'https:'));
	const session = token ? await sessions.find(db, token) : undefined;
	locals.user = session?.user;
	locals.session_id = session?.id;
	return true;
}

/** What answers are worked out from now; nothing while the database does not say: then the route finds out, and says so. */
async function present() {
	return revision(db).then(stamp, () => undefined);
}

/** Errors of ours answer with their status and sentence. Anything else is a fault, kept in the log under the request's id. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	const failure = kind === 'unknown' ? explain(error, event.locals.id) : { ...error };
	event.locals.failure = failure;
	return failure;
};

const unstorable =
	'What was sent holds a character that can not be kept (U+0000). Take it out and try again.';

function explain(error: unknown, id: string): App.Error {
	const status = statusOf(error);
	if (error instanceof NotNow) return { status: 400, message: error.message, title: error.title };
	if (status) return { status, message: (error as Error).message };
	if (isUnstorable(error)) return { status: 400, message: unstorable };
	log.error({ id, err: error });
	return { status: 500, message: 'Something went wrong on our side. It has been noted.', id };
}

function isHealth(pathname: string) {
	return pathname === '/healthz' || pathname === '/readyz';
}
