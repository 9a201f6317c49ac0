import { choose } from './encoding.ts';

/** Under which name an answer is kept, or nothing when the request comes from somebody in particular. */
export function keyOf(request: Request): string | undefined {
	const { headers } = request;
	if (!isReading(request) || headers.has('cookie') || headers.has('authorization')) return undefined;
	// The whole address, host included: a page may name the host it was asked under.
	return request.url.length > 2000 ? undefined : `${choose(headers.get('accept-encoding'))} ${request.url}`;
}

export function isReading(request: Request) {
	return request.method === 'GET' || request.method === 'HEAD';
}

/** May the next reader get the same answer? A route says no with `cache-control: no-store` or `private`. */
export function isForEveryone(request: Request, response: Response) {
	const { headers } = response;
	return (
		request.method === 'GET' &&
		response.status === 200 &&
		!headers.has('set-cookie') &&
		!headers.has('vary') &&
		!/no-store|private/.test(headers.get('cache-control') ?? '')
	);
}
