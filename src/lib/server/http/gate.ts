import type { RequestEvent } from '@sveltejs/kit';
import { address } from '#lib/domain/address.ts';
import { escape } from '#lib/domain/markup.ts';
import { methodsOf } from '../access/routes.ts';
import { bearerOf } from './bearer.ts';
import { isReading } from './keep.ts';
import { isForPrograms, problem } from './problem.ts';
import { page } from './standalone.ts';

// The answers of a closed door. They stand alone: no route has run, so none can have given anything away.

type Asked = Pick<RequestEvent, 'request' | 'url' | 'isDataRequest'>;

const signIn = 'Sign in first: this is not open to everybody.';
const sendToken =
	'This is not open to everybody. Make a token on your account, at /account/tokens, and send it with the header Authorization: Bearer and the token.';

/** The answer to somebody not signed in: the way to the sign-in page, and back from there. */
export async function signInFirst({ request, url, isDataRequest }: Asked): Promise<Response> {
	if (isForPrograms(url.pathname)) return needsToken(sendToken, url);
	if (isDataRequest || isEnhanced(request)) return asData(request, 401, signIn);
	const back = isReading(request) && url.pathname !== '/' ? url.pathname + url.search : null;
	const location = address('/sign-in', { to: back });
	if (isReading(request) && request.headers.get('accept')?.includes('text/html'))
		return new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });
	return holdsForm(request)
		? held(request, url)
		: page(401, 'Sign in first', signIn, [{ href: location, label: 'Sign in' }]);
}

function holdsForm(request: Request) {
	const type = request.headers.get('content-type') ?? '';
	const asked = request.headers.get('accept')?.includes('text/html');
	return (
		request.method === 'POST' &&
		asked &&
		/^(multipart\/form-data|application\/x-www-form-urlencoded)/.test(type)
	);
}

/** Whoever was signed out over a form finds every word of it again: to be sent once more after signing in, in another tab. */
async function held(request: Request, url: URL): Promise<Response> {
	const form = await request.formData().catch(() => new FormData());
	const hidden: string[] = [];
	const files: string[] = [];
	for (const [name, value] of form)
		if (typeof value === 'string')
			hidden.push(`<textarea name="${escape(name)}" hidden>\n${escape(value)}</textarea>`);
		else if (value.size > 0) files.push(value.name);
	const lost = files.length > 0 ? ` Files have to be chosen again: ${files.join(', ')}.` : '';
	return page(
		401,
		'You were signed out',
		`Nothing you wrote is lost. Sign in, which opens beside this page; then come back here and send it again.${lost}`,
		[],
		`<p><a href="/sign-in" target="_blank" rel="noopener">Sign in</a></p>
<form method="post" action="${escape(url.pathname + url.search)}">${hidden.join('')}<button>Send it again</button></form>`
	);
}

/** The answer to a program whose token is not one of ours, or no longer. */
export function unknownToken({ url }: Pick<Asked, 'url'>): Response {
	return needsToken(
		'This token is not known, has lapsed or was revoked. Make a new one on your account, at /account/tokens.',
		url
	);
}

function needsToken(sentence: string, url: URL) {
	const answer = problem(401, sentence, url);
	answer.headers.set('www-authenticate', 'Bearer');
	return answer;
}

const notByToken =
	'This token was not made for that, or the role of its owner does not allow it. /account/tokens says what it is for.';

/** The answer to somebody whose roles, or whose token, never allow this. */
export function refused({ request, url, isDataRequest }: Asked): Response {
	const sentence = 'Your role does not allow this. Whoever gave it to you can change it.';
	if (isForPrograms(url.pathname))
		return problem(403, bearerOf(request) === undefined ? sentence : notByToken, url);
	if (isDataRequest || isEnhanced(request)) return asData(request, 403, sentence);
	return page(403, 'You may not see this', sentence, [
		{ href: '/', label: 'Overview' },
		{ href: '/access', label: 'Who may do what' }
	]);
}

/** The answer where an address does not take what was sent, with what it would take. */
export function noDoor(event: Asked & Pick<RequestEvent, 'route'>): Response {
	const methods = methodsOf(event.route.id, event.url);
	const answer = refusal(event, methods.length > 0);
	if (answer.status === 405 && methods.length > 0) answer.headers.set('allow', methods.join(', '));
	return answer;
}

/** `known`: the address takes something, in another way. Programs are told so of every method; readers find no page there. */
function refusal({ request, url, isDataRequest }: Asked, known: boolean): Response {
	const programs = isForPrograms(url.pathname);
	const [status, sentence] =
		isReading(request) && !(programs && known)
			? ([404, 'There is nothing at this address.'] as const)
			: ([405, 'This address does not take what was sent to it.'] as const);
	if (programs) return problem(status, sentence, url);
	if (isDataRequest || isEnhanced(request)) return asData(request, status, sentence);
	return page(status, status === 404 ? 'Page not found' : 'This can not be done here', sentence, [
		{ href: '/', label: 'Overview' }
	]);
}

/** A form that our own script sends: what was typed stays on the page when we say no. */
function isEnhanced(request: Request) {
	return request.method === 'POST' && !!request.headers.get('accept')?.startsWith('application/json');
}

/** What Kit's part in the browser reads: of a page's data the error, of a form its outcome. */
function asData(request: Request, status: number, message: string) {
	const error = { status, message };
	const body = isReading(request) ? error : { type: 'error', status, error };
	return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}
