import { redirect } from '@sveltejs/kit';
import { NotFound } from '#lib/domain/errors.ts';
import { arrive } from '#lib/server/http/arrive.ts';
import { recall } from '#lib/server/http/challenge.ts';
import { log } from '#lib/server/log.ts';
import * as oidc from '#lib/server/oidc.ts';
import type { RequestHandler } from './$types';

/** Where somebody comes back to from their organisation. What it says is believed when it answers what this browser asked. */
export const GET: RequestHandler = async (event) => {
	const { locals, url } = event;
	if (!locals.settings.OIDC_ISSUER)
		throw new NotFound('Nobody signs in through an organisation here. Use a mail or a passkey.');
	const kept = recall(event, 'oidc');
	if (!kept) redirect(303, '/sign-in?refused=late');
	const { to, ...sent } = JSON.parse(kept) as oidc.Sent & { to: string | null };
	const claims = await oidc.receive(locals.settings, url, sent).catch((cause: unknown) => {
		log.warn({ id: locals.id, why: String(cause) }, 'signing in through the organisation failed');
		return undefined;
	});
	if (!claims) redirect(303, '/sign-in?refused=failed');
	const user = await oidc.recognise(locals.db, claims);
	if (!user) {
		const vouched = oidc.addressOf(claims) !== undefined;
		log.warn({ id: locals.id, vouched }, 'somebody the organisation knows is not known here');
		redirect(303, '/sign-in?refused=unknown');
	}
	return arrive(event, user.id, 'oidc', to);
};
