import type { Db } from '#db/open.server.ts';
import { operations } from '#lib/server/api/operations.ts';

type Route = { GET: (event: never) => Promise<Response>; fallback: (event: never) => Response };

const routes = import.meta.glob<Route>('../../../src/routes/api/**/+server.ts', { eager: true });
const folder = '../../../src/routes/api/v1/';

export const paths = [...Object.values(operations).map(({ path }) => path), 'openapi.json'];

/** The module behind an address, as the router would choose it, and what it takes from the address. */
function routeOf(pathname: string) {
	for (const path of paths) {
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
