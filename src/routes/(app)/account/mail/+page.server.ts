import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { choices } from '#lib/domain/mail.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { typedDay } from '#lib/domain/typed-day.ts';
import * as feeds from '#lib/server/calendar/feeds.ts';
import * as deputies from '#lib/server/deputies.ts';
import * as forms from '#lib/server/forms.ts';
import * as wishes from '#lib/server/mail/choices.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, settings, user: visitor }, url }) => {
	const user = visitor!;
	return {
		choice: await wishes.get(db, user.id),
		sends: Boolean(settings.SMTP_URL),
		...(await deputies.of(db, user.id)),
		colleagues: await deputies.colleagues(db, user),
		calendar: await feeds.made(db, user.id),
		done: url.searchParams.get('done')
	};
};

const day = (what: string) =>
	typedDay.transform((day, context) => {
		if (day === null) context.addIssue({ code: 'custom', message: `Choose ${what}.` });
		return day ?? z.NEVER;
	});
const choiceInput = z.object({ choice: z.enum(choices, 'Choose how much mail you want.') });
const deputyInput = z.object({
	deputy_id: z.string().min(1, 'Choose a colleague.').max(100),
	from_on: day('the first day'),
	to_on: day('the last day')
});
const endInput = z.object({ id: z.string().max(100) });

export const actions: Actions = {
	choose: async ({ locals, request }) => {
		const form = await forms.read(request, choiceInput);
		if (!form.ok) return fail(422, form);
		await wishes.choose(locals.db, locals.user!, form.data.choice);
		redirect(303, '/account/mail?done=chosen');
	},
	name_deputy: async ({ locals, request }) => {
		const form = await forms.read(request, deputyInput);
		if (!form.ok) return fail(422, form);
		try {
			await deputies.name(locals.db, locals.user!, form.data);
		} catch (cause) {
			if (cause instanceof NotFound) return fail(422, forms.refuse(form, { deputy_id: cause.message }));
			if (cause instanceof BadInput) return fail(422, forms.refuse(form, { to_on: cause.message }));
			throw cause;
		}
		redirect(303, '/account/mail?done=named');
	},
	end_deputy: async ({ locals, request }) => {
		const form = await forms.read(request, endInput);
		if (!form.ok) return fail(422, form);
		await deputies.end(locals.db, locals.user!, form.data.id);
		redirect(303, '/account/mail?done=ended');
	},
	/** The address is in this one answer and nowhere else. */
	make_calendar: async ({ locals, url }) => ({
		address: `${url.origin}/calendar/${await feeds.make(locals.db, locals.user!)}.ics`
	}),
	revoke_calendar: async ({ locals }) => {
		await feeds.revoke(locals.db, locals.user!);
		redirect(303, '/account/mail?done=revoked');
	}
};
