/** What is not a page runs nothing and loads nothing; a chart opened on its own may style itself. */
const strict =
	"default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Completes the headers of what goes out. Those that every file needs too are set by `server.js`. */
export function complete(response: Response, id: string): Response {
	const { headers } = response;
	headers.set('x-request-id', id);
	if (!headers.has('content-security-policy')) headers.set('content-security-policy', strict);
	return response;
}

/** The id a proxy gave this request, when it looks like one, or a new one. */
export function requestId(request: Request) {
	const given = request.headers.get('x-request-id');
	return given && /^[\w.-]{1,64}$/.test(given) ? given : crypto.randomUUID();
}
