import { STATUS_CODES } from 'node:http';

/** A problem document (RFC 9457): what programs get instead of an error page. */
export function problem(status: number, detail: string, url: URL, more: object = {}): Response {
	const title = STATUS_CODES[status] ?? 'Error';
	const body = { type: 'about:blank', title, status, detail, instance: url.pathname, ...more };
	return new Response(JSON.stringify(body), {
		status,
		headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' }
	});
}

/** Addresses that programs read. */
export function isForPrograms(pathname: string) {
	return pathname === '/api' || pathname.startsWith('/api/') || pathname.startsWith('/charts/');
}

/** Turns whatever error answer a program would get into a problem document, and leaves the rest alone. */
export function asProblem(response: Response, url: URL, failure?: App.Error): Response {
	const type = response.headers.get('content-type') ?? '';
	if (response.status < 400 || type.startsWith('application/problem+json')) return response;
	const known = failure?.status === response.status ? failure : undefined;
	const answer = problem(
		response.status,
		known?.message ?? plain(response.status),
		url,
		known?.id ? { id: known.id } : {}
	);
	const allow = response.headers.get('allow');
	if (allow) answer.headers.set('allow', allow);
	return answer;
}

function plain(status: number) {
	if (status === 404) return 'There is nothing at this address. /api/v1/openapi.json lists what there is.';
	if (status === 405) return 'This address does not take that method.';
	return status < 500 ? 'This request can not be answered as it is.' : 'Something went wrong on our side.';
}
