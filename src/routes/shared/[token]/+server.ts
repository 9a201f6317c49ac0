import { alone } from '#lib/charts/outputs/alone.ts';
import { day } from '#lib/domain/dates.ts';
import { page } from '#lib/server/http/standalone.ts';
import * as shares from '#lib/server/shares.ts';
import type { RequestHandler } from './$types';

/** A published chart, to whoever has its link: exactly its preview, and nothing that leads further. */
export const GET: RequestHandler = async ({ locals: { db }, params }) => {
	const found = await shares.find(db, params.token, new Date().toISOString().slice(0, 10));
	if (!found)
		return page(
			404,
			'There is no such link',
			'Look whether the address is complete. It may have been cut off.'
		);
	if (found.state !== 'shown')
		return found.state === 'revoked'
			? page(410, 'This chart is no longer published', 'Whoever published it has taken the link back.')
			: page(410, 'This link has ended', `It showed its chart until ${day(found.share.ends_on)}.`);
	return new Response(alone(found.chart), {
		headers: {
			'content-type': 'text/html; charset=utf-8',
			// A link that is revoked must not go on in some cache.
			'cache-control': 'private, no-store',
			'referrer-policy': 'no-referrer',
			'x-robots-tag': 'noindex',
			'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors ${found.share.sites ?? "'none'"}`
		}
	});
};
