import { redirect } from '@sveltejs/kit';
import { finish } from '#lib/server/http/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { user } }) => {
	if (!user) redirect(303, '/sign-in');
	return { name: user.name };
};

export const actions: Actions = {
	default: async (event) => {
		await finish(event);
		redirect(303, '/sign-in');
	}
};
