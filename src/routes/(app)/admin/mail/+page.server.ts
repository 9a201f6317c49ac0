import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { kindName, stateName, type MailState } from '#lib/domain/mail.ts';
import * as audit from '#lib/server/audit.ts';
import * as forms from '#lib/server/forms.ts';
import * as ledger from '#lib/server/mail/ledger.ts';
import * as worker from '#lib/server/mail/worker.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals: { db, settings }, url }) => {
	const asked = url.searchParams.get('state') ?? '';
	const state = Object.hasOwn(stateName, asked) ? (asked as MailState) : undefined;
	const page = Math.min(Math.max(1, Math.floor(Number(url.searchParams.get('page'))) || 1), 1_000_000);
	const { mails, pages, count } = await ledger.list(db, { state, page });
	return {
		mails: mails.map((mail) => ({ ...mail, kind: kindName(mail.kind) })),
		state,
		page,
		pages,
		count,
		sends: Boolean(settings.SMTP_URL),
		done: url.searchParams.has('done')
	};
};

const input = z.object({ id: z.string().max(100) });

export const actions: Actions = {
	again: async ({ locals, request }) => {
		const form = await forms.read(request, input);
		if (!form.ok) return fail(422, form);
		await ledger.sendAgain(locals.db, audit.actorOf(locals.user!), form.data.id);
		worker.wake();
		redirect(303, '/admin/mail?done=1');
	}
};
