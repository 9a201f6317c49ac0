import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { operations, writes } from '#lib/server/api/operations.ts';

type Handler = (event: never) => Promise<Response>;
type Route = { GET: Handler; POST: Handler; fallback: (event: never) => Response };

const routes = import.meta.glob<Route>('../../../src/routes/api/**/+server.ts', { eager: true });
const folder = '../../../src/routes/api/v1/';

export const paths = [...Object.values(operations).map(({ path }) => path), 'openapi.json'];
const all = [...paths, ...Object.values(writes).map(({ path }) => path)];

/** The module behind an address, as the router would choose it, and what it takes from the address. */
function routeOf(pathname: string) {
	for (const path of all) {
		const id = new RegExp(`^/api/v1/${path.replace('{id}', '([^/]+)')}$`).exec(pathname)?.[1];
		if (id === undefined && pathname !== `/api/v1/${path}`) continue;
		const route = routes[`${folder}${path.replace('{id}', '[id]')}/+server.ts`]!;
		return { route, params: id === undefined ? {} : { id: decodeURIComponent(id) } };
	}
	return { route: routes['../../../src/routes/api/[...path]/+server.ts']!, params: {} };
}

/** Asks the API for an address under `/api/v1/`, by calling its route. */
export async function ask(db: Db, address: string, method = 'GET') {
	const url = new URL(`/api/v1/${address}`, 'http://localhost');
	const { route, params } = routeOf(url.pathname);
	const event = { url, params, locals: { db } } as never;
	const response = method === 'GET' ? await route.GET(event) : route.fallback(event);
	return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Sends the API something as somebody, by calling its route. Text goes as it is. */
export async function send(
	db: Db,
	user: User | undefined,
	address: string,
	body: unknown,
	headers: Record<string, string> = {}
) {
	const url = new URL(`/api/v1/${address}`, 'http://localhost');
	const request = new Request(url, {
		method: 'POST',
		body: typeof body === 'string' ? body : JSON.stringify(body),
		headers: { 'content-type': 'application/json', ...headers }
	});
	const response = await routeOf(url.pathname).route.POST({
		url,
		request,
		locals: { db, settings: {}, user }
	} as never);
	return { status: response.status, headers: response.headers, body: await response.json() };
}
