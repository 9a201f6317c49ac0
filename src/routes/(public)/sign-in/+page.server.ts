import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { NotFound } from '#lib/domain/errors.ts';
import { roleName } from '#lib/domain/access.ts';
import * as demonstration from '#lib/server/demonstration/people.ts';
import * as forms from '#lib/server/forms.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import { begin } from '#lib/server/http/session.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, settings }, url }) => ({
	to: ownPath(url.searchParams.get('to')),
	people:
		settings.MODE === 'demo'
			? (await demonstration.people(db)).map((one) => ({
					...one,
					roles: one.roles.map((role) => roleName[role])
				}))
			: []
});

const demonstrationInput = z.object({ id: z.string(), to: z.string().default('') });

export const actions: Actions = {
	/** In a demonstration nobody has anything to hide: one press signs in as each role. */
	demonstration: async (event) => {
		const { db, settings } = event.locals;
		const form = await forms.read(event.request, demonstrationInput);
		const people = settings.MODE === 'demo' ? await demonstration.people(db) : [];
		const chosen = form.ok ? people.find(({ id }) => id === form.data.id) : undefined;
		if (!form.ok || !chosen) throw new NotFound('There is nobody of that name in the demonstration.');
		await begin(event, chosen.id, 'demonstration');
		redirect(303, ownPath(form.data.to) ?? '/');
	}
};
