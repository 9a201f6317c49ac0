import { fail } from '@sveltejs/kit';
import { shown } from '#lib/domain/code.ts';
import { arrive } from '#lib/server/http/arrive.ts';
import * as asking from '#lib/server/http/asking.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import * as signIn from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, params, setHeaders, url } = event;
	setHeaders({ 'cache-control': 'private, no-store' });
	const to = ownPath(url.searchParams.get('to'));
	const found = await signIn.follow(locals.db, params.token, asking.browserOf(event));
	if (found.is === 'elsewhere') return { to, is: found.is, code: shown(found.code) };
	return found.is === 'here' ? { to, is: found.is, email: found.email } : { to, is: found.is };
};

export const actions: Actions = {
	/** One press, so that a program that only looks at the link uses nothing up. */
	default: async (event) => {
		const { locals, params, url } = event;
		const entered = await signIn.press(locals.db, params.token, asking.browserOf(event));
		if (entered.is !== 'in') return fail(422, { refused: true });
		await arrive(event, entered.user_id, 'mail', url.searchParams.get('to'));
	}
};
