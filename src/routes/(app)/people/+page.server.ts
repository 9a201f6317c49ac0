import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { emailField, nameField } from '#lib/domain/schemas/person.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import { invite } from '#lib/server/invitations.ts';
import { wake } from '#lib/server/mail/worker.ts';
import * as users from '#lib/server/users.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, settings, user }, url }) => {
	const all = await entities.list(db);
	const theirs = all.filter(({ id }) => may(user, 'invite', { entity_id: id }));
	const people = Map.groupBy(
		await users.colleagues(
			db,
			theirs.map(({ id }) => id)
		),
		({ entity_id }) => entity_id
	);
	return {
		me: user!.id,
		mail: settings.SMTP_URL !== undefined,
		entities: theirs.map(({ id, name }) => ({ id, name, people: people.get(id) ?? [] })),
		invited: url.searchParams.get('invited'),
		removed: url.searchParams.get('removed'),
		/** Whom an invitation is begun for, where a link says so. */
		entity: theirs.some(({ id }) => id === url.searchParams.get('entity'))
			? url.searchParams.get('entity')
			: null
	};
};

const inviteInput = z.object({
	email: emailField,
	name: nameField,
	role: z.enum(['contributor', 'national_coordinator'], 'Choose what they may do.'),
	entity_id: z.string().min(1, 'Choose whom they act for.').max(200)
});
const removeInput = z.object({ grant_id: z.string().max(100) });

export const actions: Actions = {
	invite: async ({ locals, request, url }) => {
		const { db, user } = locals;
		const form = await forms.read(request, inviteInput);
		if (!form.ok) return fail(422, form);
		const { email, name, role, entity_id } = form.data;
		// Another's entity and one that is not there answer alike.
		if (!may(user, 'invite', { entity_id }) || !(await entities.has(db, entity_id)))
			return fail(422, forms.refuse(form, { entity_id: 'Choose one of the list.' }));
		try {
			const invited = { email, name, grant: { role, entity_id } };
			const made = await invite(db, audit.actorOf(user), invited, ownOrigin(locals.settings, url));
			wake();
			redirect(303, `/people?invited=${encodeURIComponent(made.email)}`);
		} catch (cause) {
			if (cause instanceof BadInput) return fail(422, forms.refuse(form, { email: cause.message }));
			throw cause;
		}
	},
	/** Ends a colleague's role; their other roles stay, and so does what they did. */
	remove: async ({ locals: { db, user }, request }) => {
		const form = await forms.read(request, removeInput);
		const held = form.ok ? await users.heldAs(db, form.data.grant_id) : undefined;
		if (!held?.entity_id || !may(user, 'invite', { entity_id: held.entity_id }))
			throw new NotFound('There is no such role.');
		permit(
			held.user_id !== user.id,
			'This role is yours. Invite who follows you, and let them end it, so that nothing is left lying.'
		);
		await users.endGrant(db, audit.actorOf(user), held.id);
		redirect(303, '/people?removed=1');
	}
};
