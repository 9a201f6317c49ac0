import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { emailField, nameField } from '#lib/domain/schemas/person.ts';
import { asGrant, fieldOf, roleFields } from '#lib/domain/schemas/role.ts';
import { fold } from '#lib/domain/text.ts';
import * as audit from '#lib/server/audit.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import { invite } from '#lib/server/invitations.ts';
import { wake } from '#lib/server/mail/worker.ts';
import * as plans from '#lib/server/plans.ts';
import * as users from '#lib/server/users.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, settings }, url }) => {
	const q = url.searchParams.get('q') ?? '';
	const today = new Date().toISOString().slice(0, 10);
	const everybody = await users.list(db);
	const found = everybody.filter(({ name, email }) => fold(`${name} ${email}`).includes(fold(q)));
	return {
		q,
		mail: settings.SMTP_URL !== undefined,
		all: everybody.length,
		people: found.map(({ id, name, email, disabled_at, grants }) => ({
			id,
			name,
			email,
			disabled: disabled_at !== null,
			roles: grants
				.filter(({ to_on }) => (to_on ?? today) >= today)
				.map(({ role, entity_id, element_id, from_on }) => ({
					role,
					of: entity_id ?? element_id,
					later: from_on > today
				}))
		})),
		entities: (await entities.list(db)).map(({ id, name }) => ({ id, name })),
		elements: await plans.coordinated(db),
		added: url.searchParams.get('added')
	};
};

const addInput = z.object({ email: emailField, name: nameField, ...roleFields });

export const actions: Actions = {
	add: async ({ locals, request, url }) => {
		const { db, user, settings } = locals;
		const form = await forms.read(request, addInput);
		if (!form.ok) return fail(422, form);
		const { email, name, ...role } = form.data;
		try {
			const invited = { email, name, grant: asGrant(role) };
			const made = await invite(db, audit.actorOf(user!), invited, ownOrigin(settings, url));
			wake();
			redirect(303, `/admin?added=${encodeURIComponent(made.email)}`);
		} catch (cause) {
			if (cause instanceof BadInput || cause instanceof NotFound)
				return fail(422, forms.refuse(form, { [fieldOf(cause.message)]: cause.message }));
			throw cause;
		}
	}
};
