import type { RequestEvent } from '@sveltejs/kit';

/**
 * The machine a request comes from. Where it comes through a proxy on this machine, the proxy says for whom: it is the last one
 * to write into `x-forwarded-for`. Of anybody else that header is not believed.
 */
export function clientOf({ getClientAddress, request }: Pick<RequestEvent, 'getClientAddress' | 'request'>) {
	const near = getClientAddress();
	const local = near === '::1' || near.replace(/^::ffff:/, '').startsWith('127.');
	const said = local && request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim();
	return said || near;
}
