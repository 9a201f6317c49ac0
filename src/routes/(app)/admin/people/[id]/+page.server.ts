import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { asGrant, fieldOf, roleFields } from '#lib/domain/schemas/role.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import * as plans from '#lib/server/plans.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as users from '#lib/server/users.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, user }, params }) => {
	const person = await users.get(db, params.id);
	const [newest] = await sessions.list(db, person.id);
	return {
		person,
		me: person.id === user!.id,
		today: new Date().toISOString().slice(0, 10),
		seen_at: newest?.seen_at ?? null,
		entities: (await entities.list(db)).map(({ id, name }) => ({ id, name })),
		elements: await plans.coordinated(db)
	};
};

const giveInput = z.object(roleFields);
const endInput = z.object({ grant_id: z.string().max(100) });
const lastOne = 'This is your own way in. Let another administrator do it, so that somebody is left who can.';

export const actions: Actions = {
	give: async ({ locals: { db, user }, params, request }) => {
		const { id } = await users.get(db, params.id);
		const form = await forms.read(request, giveInput);
		if (!form.ok) return fail(422, form);
		try {
			await users.grant(db, audit.actorOf(user!), id, asGrant(form.data));
		} catch (cause) {
			if (cause instanceof BadInput || cause instanceof NotFound)
				return fail(422, forms.refuse(form, { [fieldOf(cause.message)]: cause.message }));
			throw cause;
		}
		redirect(303, `/admin/people/${id}`);
	},
	end: async ({ locals: { db, user }, params, request }) => {
		const { id, grants } = await users.get(db, params.id);
		const form = await forms.read(request, endInput);
		const held = form.ok ? grants.find((grant) => grant.id === form.data.grant_id) : undefined;
		if (!held) throw new NotFound('There is no such role.');
		permit(id !== user!.id || held.role !== 'administrator', lastOne);
		await users.endGrant(db, audit.actorOf(user!), held.id);
		redirect(303, `/admin/people/${id}`);
	},
	disable: async ({ locals: { db, user }, params }) => {
		const { id } = await users.get(db, params.id);
		permit(id !== user!.id, lastOne);
		await users.disable(db, audit.actorOf(user!), id);
		redirect(303, `/admin/people/${id}`);
	},
	enable: async ({ locals: { db, user }, params }) => {
		const { id } = await users.get(db, params.id);
		await users.enable(db, audit.actorOf(user!), id);
		redirect(303, `/admin/people/${id}`);
	}
};
