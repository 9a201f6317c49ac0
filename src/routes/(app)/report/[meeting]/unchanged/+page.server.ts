import { redirect } from '@sveltejs/kit';
import { blank } from '#lib/domain/draft.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as drafts from '#lib/server/drafts.ts';
import { served } from '#lib/server/initiatives/adjust.ts';
import { tasks } from '#lib/server/submissions/tasks.ts';
import { transactAside } from '#db/open.server.ts';
import { answerOf, type Answer } from '../../answer.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async (event) => {
	const at = await answerOf(event);
	return {
		meeting: { id: at.meeting.id, title: at.meeting.title },
		entity: at.entity.name,
		kept: at.kept,
		left: await left(at)
	};
}) satisfies PageServerLoad;

/** Those nothing is said of yet, with what was said last. */
async function left({ db, answer }: Answer) {
	return (await tasks(db, answer))
		.filter(({ state, last }) => state === 'todo' && last)
		.map(({ initiative_id, title, last }) => ({ initiative_id, title, last: last! }));
}

export const actions: Actions = {
	/** Says of all that are left that nothing has changed; submitted with the rest. */
	confirm: async (event) => {
		const at = await answerOf(event);
		permit(at.mayAdd);
		await transactAside(at.db, async (trx) => {
			for (const { initiative_id } of await left({ ...at, db: trx })) {
				const opening = { ...blank, serves: await served(trx, initiative_id) };
				const place = { ...at.answer, initiative_id };
				const draft = await drafts.find(trx, place);
				const fields = { ...(draft?.fields ?? opening), change: 'no_change' };
				await drafts.save(trx, at.actor, place, { version: draft?.version ?? 0, fields, opening });
			}
		});
		redirect(303, at.to('/check'));
	}
};
