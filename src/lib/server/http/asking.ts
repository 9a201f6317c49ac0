import type { RequestEvent } from '@sveltejs/kit';
import { token } from '../secret.ts';

type Event = Pick<RequestEvent, 'cookies' | 'url'>;

const name = (url: URL) => (url.protocol === 'https:' ? '__Host-waymark-asks' : 'waymark-asks');

/** Which browser this is, where it has asked for a mail to sign in with. */
export function browserOf({ cookies, url }: Event): string | undefined {
	return cookies.get(name(url));
}

/** Marks this browser as the one that asks, for a while. */
export function mark({ cookies, url }: Event): string {
	const made = cookies.get(name(url)) ?? token();
	cookies.set(name(url), made, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: 15 * 60
	});
	return made;
}

export function unmark({ cookies, url }: Event) {
	cookies.delete(name(url), { path: '/', secure: url.protocol === 'https:' });
}
