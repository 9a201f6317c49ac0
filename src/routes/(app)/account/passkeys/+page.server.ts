import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { BadInput } from '#lib/domain/errors.ts';
import { device } from '#lib/domain/device.ts';
import * as forms from '#lib/server/forms.ts';
import { recall, remember } from '#lib/server/http/challenge.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import * as passkeys from '#lib/server/passkeys.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, request, url } = event;
	event.setHeaders({ 'cache-control': 'private, no-store' });
	const site = passkeys.siteOf(url);
	const options = site ? await passkeys.making(locals.db, locals.user!, site) : null;
	if (options) remember(event, 'new-passkey', options.challenge);
	return {
		options,
		name: device(request.headers.get('user-agent')),
		passkeys: await passkeys.list(locals.db, locals.user!.id),
		/** Where somebody wanted to go who is only offered this on the way. */
		to: ownPath(url.searchParams.get('to'))
	};
};

const keepInput = z.object({
	name: z
		.string()
		.trim()
		.min(1, 'Give it a name you will know it by.')
		.max(80, 'Keep the name under 80 characters.'),
	response: z.string().min(1, 'No passkey was made. Press the button once more.').max(20_000),
	to: z.string().default('')
});
const removeInput = z.object({ id: z.string().max(2000) });
const again = 'This took too long. Press the button once more.';

export const actions: Actions = {
	keep: async (event) => {
		const { locals, request, url } = event;
		const form = await forms.read(request, keepInput);
		if (!form.ok) return fail(422, form);
		const { name, response, to } = form.data;
		const site = passkeys.siteOf(url);
		const challenge = recall(event, 'new-passkey');
		if (!site || !challenge) return fail(422, forms.refuse(form, { '': again }));
		try {
			await passkeys.keep(locals.db, locals.user!, { name, response, challenge, site });
		} catch (cause) {
			if (cause instanceof BadInput) return fail(422, forms.refuse(form, { '': cause.message }));
			throw cause;
		}
		redirect(303, ownPath(to) ?? '/account/passkeys');
	},
	remove: async ({ locals, request }) => {
		const form = await forms.read(request, removeInput);
		if (!form.ok) return fail(422, form);
		await passkeys.remove(locals.db, locals.user!, form.data.id);
		redirect(303, '/account/passkeys');
	}
};
