import { redirect, type RequestEvent } from '@sveltejs/kit';
import { address } from '#lib/domain/address.ts';
import * as passkeys from '../passkeys.ts';
import * as asking from './asking.ts';
import { ownPath } from './origin.ts';
import { begin } from './session.ts';

const year = 365 * 86_400;
const offered = 'waymark-offered';

/** Signs somebody in and leads on: to where they wanted to go, and once on each browser past the offer of a passkey. */
export async function arrive(
	event: RequestEvent,
	user_id: string,
	way: string,
	wanted?: string | null
): Promise<never> {
	const offer = await isToOffer(event, user_id, way);
	await begin(event, user_id, way);
	asking.unmark(event);
	const to = ownPath(wanted);
	redirect(303, offer ? address('/account/passkeys', { to: to ?? '/' }) : (to ?? '/'));
}

async function isToOffer({ cookies, locals, url }: RequestEvent, user_id: string, way: string) {
	if (!['mail', 'link'].includes(way) || !passkeys.siteOf(url) || cookies.get(offered)) return false;
	const secure = url.protocol === 'https:';
	cookies.set(offered, '1', { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: year });
	return passkeys.hasNone(locals.db, user_id);
}
