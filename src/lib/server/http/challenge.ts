import type { RequestEvent } from '@sveltejs/kit';
import { createHmac } from 'node:crypto';
import { keyFor } from '../secret.ts';

type Event = Pick<RequestEvent, 'cookies' | 'url'>;

// What this browser was asked to answer, kept in the browser and signed, so that looking at a page writes nothing here.

const goodFor = 10 * 60_000;

/** Remembers something for one purpose until it comes back, ten minutes at most. */
export function remember({ cookies, url }: Event, purpose: string, value: string) {
	const until = String(Date.now() + goodFor);
	const text = [until, Buffer.from(value).toString('base64url')].join('.');
	cookies.set(nameOf(purpose, url), `${text}.${sign(purpose, text)}`, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: url.protocol === 'https:',
		maxAge: goodFor / 1000
	});
}

/** What was remembered, this once; nothing where it is too old, another's, or not ours. */
export function recall({ cookies, url }: Event, purpose: string): string | undefined {
	const name = nameOf(purpose, url);
	const [until = '', value = '', signature] = (cookies.get(name) ?? '').split('.');
	cookies.delete(name, { path: '/', secure: url.protocol === 'https:' });
	const good = signature === sign(purpose, `${until}.${value}`) && Number(until) > Date.now();
	return good ? Buffer.from(value, 'base64url').toString() : undefined;
}

function nameOf(purpose: string, url: URL) {
	return `${url.protocol === 'https:' ? '__Host-' : ''}waymark-${purpose}`;
}

function sign(purpose: string, text: string) {
	return createHmac('sha256', keyFor(`challenge ${purpose}`))
		.update(text)
		.digest('base64url');
}
