import type { RequestEvent } from '@sveltejs/kit';
import * as sessions from '../sessions.ts';

type Event = Pick<RequestEvent, 'cookies' | 'locals' | 'request' | 'url'>;

const twoMonths = 60 * 86_400;

/** Signs somebody in on this device: a new token, in a cookie that scripts can't read. An older session here ends. */
export async function begin(event: Event, user_id: string, way: string) {
	await finish(event);
	const { cookies, locals, request, url } = event;
	const secure = url.protocol === 'https:';
	const token = await sessions.start(locals.db, user_id, { way, device: request.headers.get('user-agent') });
	cookies.set(sessions.cookieName(secure), token, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure,
		maxAge: twoMonths
	});
}

/** Signs out on this device. */
export async function finish({ cookies, locals, url }: Event) {
	const { user, session_id } = locals;
	if (user && session_id) await sessions.end(locals.db, user.id, { id: session_id });
	const secure = url.protocol === 'https:';
	cookies.delete(sessions.cookieName(secure), { path: '/', secure });
}
