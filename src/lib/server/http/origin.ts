import { isReading } from './keep.ts';

/**
 * Does this request want to change something in the name of a page that is not ours? Browsers name the page's origin with
 * every change, whatever its content type. A program names none, and comes with a token of its own rather than a cookie.
 */
export function isCrossSite(request: Request, here: string) {
	if (isReading(request) || request.method === 'OPTIONS') return false;
	const origin = request.headers.get('origin');
	return origin === null ? request.headers.has('cookie') : origin !== here;
}

export const crossSiteSentence =
	'This was sent by a page of another site, so nothing was done. Open Waymark itself and try again there.';

/**
 * The address to write into a mail: the one that was set. Who asks names the host of a request, and could name one of their
 * own; only what leads to the reader's own machine is taken from there.
 */
export function ownOrigin({ ORIGIN }: { ORIGIN?: string | undefined }, url: URL): string | null {
	if (ORIGIN) return ORIGIN;
	return ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname) ? url.origin : null;
}

/** A path of ours to go back to, out of what an address said; nothing where it would lead elsewhere. */
export function ownPath(given: string | null | undefined): string | null {
	if (!given?.startsWith('/')) return null;
	const url = URL.parse(given, 'http://here.invalid');
	return url?.origin === 'http://here.invalid' ? url.pathname + url.search + url.hash : null;
}
