import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { address } from '#lib/domain/address.ts';
import * as forms from '#lib/server/forms.ts';
import * as asking from '#lib/server/http/asking.ts';
import { arrive } from '#lib/server/http/arrive.ts';
import { clientOf } from '#lib/server/http/client.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import * as signIn from '#lib/server/sign-in.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { locals, setHeaders, url } = event;
	setHeaders({ 'cache-control': 'private, no-store' });
	const to = ownPath(url.searchParams.get('to'));
	const [newest] = await signIn.pending(locals.db, asking.browserOf(event));
	return { to, email: newest?.email ?? null, mail: locals.settings.SMTP_URL !== undefined };
};

const codeInput = z.object({
	code: z
		.string()
		.trim()
		.min(1, 'Type the code from the mail.')
		.max(40, 'The code has eight letters and figures.'),
	to: z.string().default('')
});

const sentences = {
	wrong: 'This is not the code we sent. Look at the newest mail, and type it once more.',
	none: 'There is no code to try: it was used, is older than ten minutes, or was tried too often. Ask for a new mail.',
	often: 'Too many codes were tried from here. Wait a quarter of an hour.'
};

export const actions: Actions = {
	default: async (event) => {
		const form = await forms.read(event.request, codeInput);
		if (!form.ok) return fail(422, form);
		const browser = asking.browserOf(event);
		const entered = await signIn.enter(event.locals.db, {
			code: form.data.code,
			browser,
			client: clientOf(event)
		});
		if (entered.is !== 'in')
			return fail(entered.is === 'often' ? 429 : 422, {
				...forms.refuse(form, { code: sentences[entered.is] }),
				again: entered.is === 'none' ? address('/sign-in', { to: ownPath(form.data.to) }) : null
			});
		await arrive(event, entered.user_id, 'mail', form.data.to);
	}
};
