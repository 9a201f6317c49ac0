import { redirect } from '@sveltejs/kit';
import { NotFound } from '#lib/domain/errors.ts';
import { remember } from '#lib/server/http/challenge.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import { log } from '#lib/server/log.ts';
import * as oidc from '#lib/server/oidc.ts';
import type { RequestHandler } from './$types';

/** Sends somebody to their organisation, to come back to /sign-in/oidc/callback. */
export const GET: RequestHandler = async (event) => {
	const { locals, url } = event;
	if (!locals.settings.OIDC_ISSUER)
		throw new NotFound('Nobody signs in through an organisation here. Use a mail or a passkey.');
	const begun = await oidc
		.send(locals.settings, `${url.origin}/sign-in/oidc/callback`)
		.catch((cause: unknown) => {
			log.warn({ id: locals.id, why: String(cause) }, 'the identity provider did not answer');
			return undefined;
		});
	if (!begun) redirect(303, '/sign-in?refused=failed');
	remember(event, 'oidc', JSON.stringify({ ...begun.sent, to: ownPath(url.searchParams.get('to')) }));
	return new Response(null, { status: 303, headers: { location: begun.to, 'cache-control': 'no-store' } });
};
