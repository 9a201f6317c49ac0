import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { may } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { moment } from '#lib/domain/dates.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { fault, fill } from '#lib/domain/wording.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as asked from '#lib/server/changes/compared.ts';
import * as texts from '#lib/server/changes/texts.ts';
import { filter, tell, textOf, type Compared } from '#lib/server/changes/told.ts';
import * as forms from '#lib/server/forms.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load = (async (event) => {
	const compared = await settled(event);
	const { figures, own, written, changed } = await tell(event.locals.db, compared);
	const words = own?.words ?? written;
	const shown = Object.entries(figures).filter(([key]) => !/\./.test(key));
	return {
		meeting: compared.meeting,
		from: compared.from,
		back: pageOf(compared),
		/** What the form's address goes on with, so that it tells of the same two meetings. */
		query: address('', queryOf(compared)).replace('?', '&'),
		words,
		text: fill(words, figures),
		own: own?.words ? { by: own.written_by_name, at: own.written_at } : null,
		seen: own?.id ?? '',
		figures: shown.map(([name, { words, label }]) => ({ name, words, label })),
		/** Of each part and each Member there are as many; one of each shows how they are written. */
		parts: changed.elements.map(({ element }) => element.code),
		members: changed.entities.map(({ entity }) => ({ id: entity.id, name: entity.name }))
	};
}) satisfies PageServerLoad;

const wordsInput = z.object({
	words: z.string().trim().min(1, 'Write something, or go back to what is written from the data.'),
	seen: z.string().default('')
});

/** Its button stands in the same form, so the words come along and are left aside. */
const restoreInput = wordsInput.extend({ words: z.string().default('') });

export const actions: Actions = {
	keep: async (event) => {
		const { db, user } = event.locals;
		const compared = await settled(event);
		permit(may(user, 'arrange', { frozen: compared.meeting.frozen_at !== null }));
		const form = await forms.read(event.request, wordsInput);
		if (!form.ok) return fail(422, form);
		// A browser sends line ends as two characters.
		const words = form.data.words.replaceAll('\r\n', '\n');
		const { figures } = await tell(db, compared);
		const wrong = fault(words, figures);
		if (wrong) return fail(422, forms.refuse(form, { words: wrong }));
		const outcome = await texts.write(db, user, textOf(compared), words, form.data.seen || null);
		if (!outcome.kept) return fail(409, changedMeanwhile(form, outcome.other));
		redirect(303, pageOf(compared));
	},
	restore: async (event) => {
		const { db, user } = event.locals;
		const compared = await settled(event);
		permit(may(user, 'arrange', { frozen: compared.meeting.frozen_at !== null }));
		const form = await forms.read(event.request, restoreInput);
		if (!form.ok) return fail(422, form);
		const outcome = await texts.write(db, user, textOf(compared), null, form.data.seen || null);
		if (!outcome.kept) return fail(409, changedMeanwhile(form, outcome.other));
		redirect(303, pageOf(compared));
	}
};

/** What was written stays in the form; kept once more, it takes the place of the other. */
function changedMeanwhile(form: { data: object }, other: texts.ChangeText) {
	return forms.refuse(
		{ data: { ...form.data, seen: other.id } },
		{
			words: `${other.written_by_name} changed these words on ${moment(other.written_at)}. Yours are still here: keep them to put them in the place of those${other.words ? `, which are: ${other.words}` : ''}`
		}
	);
}

/** Words are always written about what is known now. */
async function settled({ locals: { db }, params, url }: RequestEvent | Parameters<PageServerLoad>[0]) {
	const { compared } = await asked.read(db, params.meeting, url);
	if (!compared)
		throw new BadInput(
			'There is nothing to compare here, so there is nothing to write about. Choose two meetings.'
		);
	return { ...compared, basis: 'known' as const };
}

function pageOf(compared: Compared) {
	return address(`/meetings/${encodeURIComponent(compared.meeting.id)}/changes`, queryOf(compared));
}

function queryOf(compared: Compared) {
	const { meeting: _, ...query } = filter(compared);
	return query;
}
