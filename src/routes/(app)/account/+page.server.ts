import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { roleName } from '#lib/domain/access.ts';
import { device } from '#lib/domain/device.ts';
import { nameField, timeZoneField } from '#lib/domain/schemas/person.ts';
import { signInWay } from '#lib/domain/sign-in-way.ts';
import { calledToday, toChoose } from '#lib/domain/zones.ts';
import * as audit from '#lib/server/audit.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as passkeys from '#lib/server/passkeys.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as tokens from '#lib/server/tokens.ts';
import * as users from '#lib/server/users.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
	const { db, session_id } = locals;
	const user = locals.user!;
	const all = await sessions.list(db, user.id);
	const chosen = await users.timeZone(db, user.id);
	const names = new Map((await entities.list(db)).map(({ id, name }) => [id, name]));
	return {
		name: user.name,
		email: user.email,
		time_zone: chosen && calledToday(chosen),
		zone: await ownZone(db, user),
		zones: toChoose(chosen),
		roles: user.grants.map((grant) => ({
			...grant,
			name: roleName[grant.role],
			of: names.get(grant.entity_id ?? '') ?? grant.element_id
		})),
		sessions: all.map(({ id, way, device: agent, created_at, seen_at }) => ({
			id,
			here: id === session_id,
			device: device(agent),
			way: signInWay(way),
			created_at,
			seen_at
		})),
		passkeys: (await passkeys.list(db, user.id)).length,
		tokens: (await tokens.list(db, user.id)).length,
		done: url.searchParams.get('done')
	};
};

const describeInput = z.object({ name: nameField, time_zone: timeZoneField });
const endInput = z.object({ id: z.string().max(100) });

export const actions: Actions = {
	describe: async ({ locals, request }) => {
		const user = locals.user!;
		const form = await forms.read(request, describeInput);
		if (!form.ok) return fail(422, form);
		const wanted = { name: form.data.name, time_zone: form.data.time_zone || null };
		await users.describe(locals.db, audit.actorOf(user), user.id, wanted);
		redirect(303, '/account?done=described');
	},
	end: async ({ locals, request }) => {
		const form = await forms.read(request, endInput);
		if (form.ok) await sessions.end(locals.db, locals.user!.id, { id: form.data.id });
		redirect(303, '/account?done=ended');
	},
	end_others: async ({ locals }) => {
		await sessions.end(locals.db, locals.user!.id, { allBut: locals.session_id ?? '' });
		redirect(303, '/account?done=others');
	}
};
