import type { RequestHandler } from './$types';

/** The process is alive. Asks nothing of the database: that is what /readyz is for. */
export const GET: RequestHandler = () =>
	Response.json({ status: 'alive' }, { headers: { 'cache-control': 'no-store' } });
