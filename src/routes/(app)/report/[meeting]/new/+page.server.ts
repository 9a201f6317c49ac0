import { randomInt } from 'node:crypto';
import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { blank, fieldsOf } from '#lib/domain/draft.ts';
import { fold } from '#lib/domain/text.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as forms from '#lib/server/forms.ts';
import { answerOf } from '../../answer.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async (event) => {
	const { meeting, entity, kept, onBehalf, mayAdd } = await answerOf(event);
	permit(mayAdd);
	return { meeting: { id: meeting.id, title: meeting.title }, entity: entity.name, kept, onBehalf };
}) satisfies PageServerLoad;

const input = z.object({
	title: z
		.string()
		.trim()
		.min(1, 'Give the initiative a title.')
		.max(500, 'Keep the title under 500 characters; the rest can go into what it is.'),
	summary: z.string().max(500_000).default('')
});

export const actions: Actions = {
	/** Begins the report of an initiative that is one only once it is submitted. */
	begin: async (event) => {
		const { db, actor, answer, to, mayAdd } = await answerOf(event);
		permit(mayAdd);
		const form = await forms.read(event.request, input);
		if (!form.ok) return fail(422, form);
		const fields = fieldsOf(form.data);
		const initiative_id = nameOf(answer.entity_id, fields.title);
		await drafts.save(
			db,
			actor,
			{ ...answer, initiative_id },
			{ version: 0, fields: { ...blank, ...fields } }
		);
		redirect(303, to(`/${encodeURIComponent(initiative_id)}`));
	}
};

/** A name one can say, out of who brings it and what it is called; the end keeps two of one title apart. */
function nameOf(entity_id: string, title: string) {
	const words = fold(title)
		.replace(/[^a-z0-9 ]/g, '')
		.split(' ')
		.filter(Boolean)
		.join('-')
		.slice(0, 40)
		.replace(/-+$/, '');
	return [entity_id.toLowerCase(), words, String(randomInt(1000, 9999))].filter(Boolean).join('-');
}
