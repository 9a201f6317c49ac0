import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { choices } from '#lib/domain/mail.ts';
import * as forms from '#lib/server/forms.ts';
import * as wishes from '#lib/server/mail/choices.ts';
import * as stop from '#lib/server/mail/stop.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db }, params, setHeaders }) => {
	const { id } = await stop.find(db, params.token);
	setHeaders({ 'cache-control': 'private, no-store' });
	return { choice: await wishes.get(db, id) };
};

/** A mail program presses for its reader and sends just this one field (RFC 8058). */
const input = z.object({
	choice: z.enum(choices).default('none'),
	'List-Unsubscribe': z.string().optional()
});

export const actions: Actions = {
	default: async ({ locals: { db }, params, request }) => {
		const user = await stop.find(db, params.token);
		const form = await forms.read(request, input);
		if (!form.ok) return fail(422, form);
		await wishes.choose(db, user, form.data.choice, 'mail');
		return { chosen: form.data.choice };
	}
};
