import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { BadInput } from '#lib/domain/errors.ts';
import * as attempts from '#lib/server/attempts.ts';
import * as forms from '#lib/server/forms.ts';
import { arrive } from '#lib/server/http/arrive.ts';
import { recall, remember } from '#lib/server/http/challenge.ts';
import { clientOf } from '#lib/server/http/client.ts';
import { ownPath } from '#lib/server/http/origin.ts';
import * as passkeys from '#lib/server/passkeys.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	event.setHeaders({ 'cache-control': 'private, no-store' });
	const to = ownPath(event.url.searchParams.get('to'));
	const site = passkeys.siteOf(event.url);
	if (!site) return { to, options: null };
	const options = await passkeys.using(site);
	remember(event, 'passkey', options.challenge);
	return { to, options };
};

const input = z.object({ response: z.string().min(1).max(20_000), to: z.string().default('') });
const again = 'This took too long. Press the button once more.';

export const actions: Actions = {
	default: async (event) => {
		const { db } = event.locals;
		const form = await forms.read(event.request, input);
		const site = passkeys.siteOf(event.url);
		const challenge = recall(event, 'passkey');
		if (!form.ok || !site || !challenge) return fail(422, { sentence: again });
		const limit = { of: `passkey by ${clientOf(event)}`, most: 100, within: 15 * 60_000 };
		if (!(await attempts.within(db, [limit])))
			return fail(429, { sentence: 'Too many tries from here. Wait a quarter of an hour.' });
		const user = await passkeys
			.use(db, { response: form.data.response, challenge, site })
			.catch((cause: unknown) => {
				if (cause instanceof BadInput) return cause.message;
				throw cause;
			});
		if (typeof user === 'string') return fail(422, { sentence: user });
		await arrive(event, user.id, 'passkey', form.data.to);
	}
};
