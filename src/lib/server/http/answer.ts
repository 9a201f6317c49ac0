import { createHash } from 'node:crypto';
import { collect } from './body.ts';
import { choose, compress, compressStream, isCompressible } from './encoding.ts';

/** An answer ready to be sent, and sent again: its body is compressed, its headers are complete. */
export interface Answer {
	headers: [string, string][];
	body: Buffer;
	etag: string;
}

/** Larger bodies are sent as they come, and not kept. */
export const largest = 2 * 1024 * 1024;

/**
 * Compresses what a route answered and names it with an ETag. A page that is still being written, or a body that is
 * too large to hold, is passed on part by part; then there is only a response.
 */
export async function pack(request: Request, response: Response): Promise<Answer | Response> {
	const compressible = isCompressible(response.headers.get('content-type'));
	const encoding =
		compressible && !response.headers.has('content-encoding')
			? choose(request.headers.get('accept-encoding'))
			: 'identity';
	const headers = new Headers(response.headers);
	if (compressible) headers.append('vary', 'accept-encoding');
	if (!headers.has('cache-control')) headers.set('cache-control', 'no-cache');

	const whole = isStreamed(response) ? response.body : await collect(response.body, largest);
	if (!Buffer.isBuffer(whole)) {
		headers.delete('content-length');
		if (!whole || encoding === 'identity') return new Response(whole, { status: response.status, headers });
		headers.set('content-encoding', encoding);
		return new Response(compressStream(whole, encoding), { status: response.status, headers });
	}

	const small = await compress(whole, encoding);
	if (small.encoding !== 'identity') headers.set('content-encoding', small.encoding);
	headers.set('content-length', String(small.body.length));
	const etag = `"${createHash('sha1').update(whole).digest('base64url')}${suffix[small.encoding]}"`;
	if (response.status === 200) headers.set('etag', etag);
	return { headers: [...headers], body: small.body, etag };
}

/** The answer as a response, or "not modified" when the reader holds it already. */
export function send(answer: Answer, request: Request, status = 200): Response {
	if (status === 200 && holds(request.headers.get('if-none-match'), answer.etag)) {
		const headers = answer.headers.filter(([name]) => !/^content-(length|encoding|type)$/.test(name));
		return new Response(null, { status: 304, headers });
	}
	return new Response(answer.body as Uint8Array<ArrayBuffer>, { status, headers: answer.headers });
}

const suffix = { br: '-br', gzip: '-gz', identity: '' };

/** Proxies mark an ETag as weak when they touch the body; it still names the same thing. */
function holds(header: string | null, etag: string) {
	if (!header) return false;
	return header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag);
}

/** Kit names a page with an ETag only when it is complete. */
function isStreamed(response: Response) {
	return response.headers.has('x-sveltekit-page') && !response.headers.has('etag') && response.status === 200;
}
