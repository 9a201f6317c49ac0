import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { NotFound } from '#lib/domain/errors.ts';
import { roleName } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import * as demonstration from '#lib/server/demonstration/people.ts';
import * as forms from '#lib/server/forms.ts';
import * as asking from '#lib/server/http/asking.ts';
import { clientOf } from '#lib/server/http/client.ts';
import { ownOrigin, ownPath } from '#lib/server/http/origin.ts';
import { begin } from '#lib/server/http/session.ts';
import { log } from '#lib/server/log.ts';
import { wake } from '#lib/server/mail/worker.ts';
import * as oneTime from '#lib/server/one-time.ts';
import * as signIn from '#lib/server/sign-in.ts';
import { emailField } from '#lib/domain/schemas/person.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, settings, user }, setHeaders, url }) => {
	setHeaders({ 'cache-control': 'private, no-store' });
	return {
		to: ownPath(url.searchParams.get('to')),
		email: url.searchParams.get('email')?.slice(0, 200) ?? '',
		who: user?.name ?? null,
		fresh: !(await oneTime.hasPeople(db)),
		mail: settings.SMTP_URL !== undefined,
		organisation: settings.OIDC_ISSUER ? (settings.OIDC_NAME ?? 'your organisation') : null,
		refused: url.searchParams.get('refused'),
		people: settings.MODE === 'demo' ? await tryable(demonstration.people(db)) : []
	};
};

async function tryable(people: ReturnType<typeof demonstration.people>) {
	return (await people).map((one) => ({ ...one, roles: one.roles.map((role) => roleName[role]) }));
}

const askInput = z.object({ email: emailField, to: z.string().default('') });
const demonstrationInput = z.object({ id: z.string(), to: z.string().default('') });

export const actions: Actions = {
	/** Asks for a mail. What is said is the same, whether there is somebody of that address or not. */
	ask: async (event) => {
		const { db, settings } = event.locals;
		const form = await forms.read(event.request, askInput);
		if (!form.ok) return fail(422, form);
		const to = ownPath(form.data.to);
		const asked = {
			email: form.data.email,
			browser: asking.mark(event),
			client: clientOf(event),
			origin: ownOrigin(settings, event.url),
			to
		};
		if (!(await signIn.ask(db, asked)))
			return fail(
				429,
				forms.refuse(form, {
					email: 'Too many mails were asked for. Use the newest one you have, or wait a quarter of an hour.'
				})
			);
		wake();
		if (!settings.SMTP_URL)
			log.warn(
				{ id: event.locals.id },
				'A sign-in mail was asked for, and SMTP_URL is not set: nothing is sent.'
			);
		redirect(303, address('/sign-in/code', { to }));
	},

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
