import { z } from 'zod';
import { BadInput, statusOf } from '#lib/domain/errors.ts';
import { draftInput, fieldsFrom } from '#lib/domain/schemas/draft.ts';
import * as editing from '#lib/server/drafts/editing.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as forms from '#lib/server/forms.ts';
import { placeOf } from '../form.server.ts';
import type { RequestHandler } from './$types';

const heartbeat = z.object({
	...draftInput.shape,
	only: z.string().default(''),
	again: z.string().default('')
});

/** Keeps what is being typed, and says who else is at it. Answers only once it is in the database. */
export const POST: RequestHandler = async (event) => {
	const answer = (status: number, body: object) =>
		Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
	try {
		const at = await placeOf(event);
		const form = await forms.read(event.request, heartbeat);
		if (!form.ok) return answer(422, { message: Object.values(form.errors)[0] });
		await editing.note(at.db, at.place, at.user);
		const others = await editing.others(at.db, at.place, at.user.id);
		if (form.data.only === 'presence') return answer(200, { others });
		if (at.frozen && !at.mayAdd) throw new BadInput(`The figures of ${at.meeting.title} are frozen.`);
		const saved = await drafts.save(at.db, at.actor, at.place, {
			version: Number(form.data.version),
			fields: fieldsFrom(form.data),
			opening: at.opening,
			again: form.data.again !== ''
		});
		return answer(200, { ...saved, others });
	} catch (error) {
		const status = statusOf(error);
		if (!status) throw error;
		return answer(status, { message: (error as Error).message });
	}
};
