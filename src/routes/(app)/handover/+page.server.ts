import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { entitiesOf, may, mayEver, roleName } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { stepOf } from '#lib/domain/handover.ts';
import { dayField } from '#lib/domain/schemas/person.ts';
import * as audit from '#lib/server/audit.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import * as handover from '#lib/server/handover.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as users from '#lib/server/users.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db } = locals;
	const user = locals.user!;
	const today = new Date().toISOString().slice(0, 10);
	const held = (await users.get(db, user.id)).grants.filter(({ to_on }) => (to_on ?? today) >= today);
	const names = new Map((await entities.list(db)).map(({ id, name }) => [id, name]));
	const theirs = [...new Set(held.flatMap(({ entity_id }) => entity_id ?? []))];
	const people = await users.colleagues(db, theirs);
	const notes = theirs.map((id) => handover.note(db, { id, name: names.get(id) ?? id }, user));
	return {
		step: stepOf(url.searchParams.get('step')),
		name: user.name,
		today,
		zone: await ownZone(db, user),
		roles: held.map(({ id, role, entity_id, element_id, to_on }) => ({
			id,
			name: roleName[role],
			of: (entity_id && names.get(entity_id)) ?? element_id,
			to_on
		})),
		/** For whoever follows the answers of others: the rounds that are open. */
		follows: mayEver(user, 'follow') ? await rounds.list(db) : [],
		notes: (await Promise.all(notes)).map((note) => ({
			...note,
			invites: may(user, 'invite', { entity_id: note.id }),
			followers: [
				...Map.groupBy(
					people.filter(({ id, entity_id }) => entity_id === note.id && id !== user.id),
					({ id }) => id
				)
			].map(([id, held]) => ({
				id,
				name: held[0]!.name,
				email: held[0]!.email,
				roles: held.map(({ role }) => roleName[role].toLowerCase()).join(', ')
			}))
		})),
		said: url.searchParams.has('said'),
		left: url.searchParams.has('left')
	};
};

const sayInput = z.object({ entity_id: z.string().max(200), text: z.string().default('') });
const leaveInput = z.object({ grant_id: z.string().max(100), to_on: dayField });

export const actions: Actions = {
	/** Keeps the words for whoever follows at an entity of one's own. */
	say: async ({ locals: { db, user }, request }) => {
		const form = await forms.read(request, sayInput);
		if (!form.ok) return fail(422, form);
		const { entity_id, text } = form.data;
		const own = entitiesOf(user);
		if (!own.includes(entity_id)) throw new NotFound('There is nobody of yours to leave words for.');
		const refused = await forms.attempt(form, () => handover.say(db, user!, entity_id, text));
		if (refused)
			return fail(422, {
				...refused,
				errors: { [own.length === 1 ? 'text' : `text-${entity_id}`]: refused.errors['']! }
			});
		redirect(303, own.length === 1 ? '/handover?step=day' : '/handover?step=words&said');
	},
	/** Ends a role of one's own after its last day, today or later. */
	leave: async ({ locals, request }) => {
		const user = locals.user!;
		const form = await forms.read(request, leaveInput);
		if (!form.ok) return fail(422, form);
		const held = await users.heldAs(locals.db, form.data.grant_id);
		if (held?.user_id !== user.id) throw new NotFound('There is no such role.');
		try {
			await users.endGrantOn(locals.db, audit.actorOf(user), held.id, form.data.to_on);
		} catch (cause) {
			if (cause instanceof BadInput) return fail(422, forms.refuse(form, { to_on: cause.message }));
			throw cause;
		}
		redirect(303, '/handover?step=note&left');
	}
};
