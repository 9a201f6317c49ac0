import { fail } from '@sveltejs/kit';
import { arrive } from '#lib/server/http/arrive.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import * as oneTime from '#lib/server/one-time.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const user = await oneTime.look(db, params.token);
	return { name: user?.name ?? null, to: ownPath(url.searchParams.get('to')) };
};

export const actions: Actions = {
	default: async (event) => {
		const user = await oneTime.use(event.locals.db, event.params.token);
		if (!user) return fail(422, { refused: true });
		await arrive(event, user.id, 'link', event.url.searchParams.get('to'));
	}
};
