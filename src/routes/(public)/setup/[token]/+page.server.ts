import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { NotFound } from '#lib/domain/errors.ts';
import { emailField, nameField } from '#lib/domain/schemas/person.ts';
import * as forms from '#lib/server/forms.ts';
import { arrive } from '#lib/server/http/arrive.ts';
import * as oneTime from '#lib/server/one-time.ts';
import type { Actions, PageServerLoad } from './$types';

const over =
	'This address sets Waymark up once, within a day of the start that printed it. Where nobody can sign in yet, start Waymark again: it prints a new one.';

export const load: PageServerLoad = async ({ locals: { db, settings }, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	if (!(await oneTime.opensSetup(db, params.token))) throw new NotFound(over);
	return { mail: settings.SMTP_URL !== undefined };
};

const input = z.object({ name: nameField, email: emailField });

export const actions: Actions = {
	default: async (event) => {
		const { locals, params, request } = event;
		if (!(await oneTime.opensSetup(locals.db, params.token))) throw new NotFound(over);
		const form = await forms.read(request, input);
		if (!form.ok) return fail(422, form);
		const user = await oneTime.setUp(locals.db, params.token, form.data);
		if (!user) throw new NotFound(over);
		await arrive(event, user.id, 'link', '/admin');
	}
};
