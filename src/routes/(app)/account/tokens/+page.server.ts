import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { table } from '#lib/domain/access.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { nameField } from '#lib/domain/schemas/person.ts';
import * as forms from '#lib/server/forms.ts';
import * as tokens from '#lib/server/tokens.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	const user = locals.user!;
	return {
		tokens: await tokens.list(locals.db, user.id),
		scopes: tokens
			.scopesFor(user)
			.filter((act) => tokens.useful.includes(act))
			.map((act) => ({ act, sentence: table[act].sentence })),
		lifetimes: [...tokens.lifetimes],
		origin: url.origin,
		revoked: url.searchParams.has('revoked')
	};
};

const issueInput = z.object({
	name: nameField,
	scopes: z.array(z.enum(tokens.useful)).default([]),
	days: z
		.string()
		.transform(Number)
		.refine((days) => (tokens.lifetimes as readonly number[]).includes(days), 'Choose how long it is good.')
});
const revokeInput = z.object({ id: z.string().max(100) });

export const actions: Actions = {
	issue: async ({ locals, request }) => {
		const form = await forms.read(request, issueInput);
		if (!form.ok) return fail(422, form);
		try {
			const made = await tokens.issue(locals.db, locals.user!, form.data);
			return { made, name: form.data.name };
		} catch (cause) {
			if (cause instanceof BadInput) return fail(422, forms.refuse(form, { scopes: cause.message }));
			throw cause;
		}
	},
	revoke: async ({ locals, request }) => {
		const form = await forms.read(request, revokeInput);
		if (!form.ok) return fail(422, form);
		await tokens.revoke(locals.db, locals.user!, form.data.id);
		redirect(303, '/account/tokens?revoked');
	}
};
