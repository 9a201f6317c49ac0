import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { BadInput } from '#lib/domain/errors.ts';
import { permit } from '#lib/server/access/guard.ts';
import { besides } from '#lib/server/drafts/besides.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as forms from '#lib/server/forms.ts';
import { stateOf, tasks } from '#lib/server/submissions/tasks.ts';
import { Incomplete } from '#lib/server/submissions/complete.ts';
import * as readiness from '#lib/server/submissions/readiness.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as submissions from '#lib/server/submissions.ts';
import { answerOf, dueOf, type Answer } from '../../answer.server.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load = (async (event) => {
	const at = await answerOf(event);
	const { db, answer } = at;
	const all = await tasks(db, answer);
	const { state, submission } = await stateOf(db, answer);
	return {
		meeting: { id: at.meeting.id, title: at.meeting.title },
		entity: { id: at.entity.id, name: at.entity.name },
		kept: at.kept,
		onBehalf: at.onBehalf,
		frozen: at.frozen,
		maySubmit: at.maySubmit,
		state,
		reason: submission?.reason ?? null,
		due: await dueOf(at),
		tasks: await Promise.all(
			all.map(async ({ draft, ...task }) => ({
				...task,
				fields: draft?.fields ?? null,
				besides: draft ? await besides(db, draft) : null,
				files: draft ? (await evidence.list(db, draft)).map(({ id, name }) => ({ id, name })) : []
			}))
		),
		ready: (await readiness.of(db, answer)) ?? null
	};
}) satisfies PageServerLoad;

const input = z.object({ partly: z.string().default('') });
const why = z
	.string()
	.trim()
	.min(1, 'Give the reason in a sentence.')
	.max(2000, 'Keep the reason under 2,000 characters.');
const nothing = z.object({ reason: why });
const excusing = z.object({ excuse: why });

export const actions: Actions = {
	/** Submits everything that is written. */
	submit: async (event) => {
		const at = await submitting(event);
		const form = await forms.read(event.request, input);
		if (!form.ok) return fail(422, form);
		return settle(at, () =>
			submissions.submit(at.db, at.user, at.answer, { partly: form.data.partly !== '', origin: at.origin })
		);
	},
	/** Says that there is nothing to report, and why. */
	nothing: async (event) => {
		const at = await submitting(event);
		const form = await forms.read(event.request, nothing);
		if (!form.ok) return fail(422, { ...form, of: 'nothing' });
		return settle(
			at,
			() => submissions.submit(at.db, at.user, at.answer, { nothing: form.data.reason, origin: at.origin }),
			{
				of: 'nothing',
				values: form.data
			}
		);
	},
	/** Excuses the entity from this round. */
	excuse: async (event) => {
		const at = await submitting(event);
		const form = await forms.read(event.request, excusing);
		if (!form.ok) return fail(422, { ...form, of: 'excuse' });
		return settle(
			at,
			async () => {
				await submissions.excuse(at.db, at.user, at.answer, form.data.excuse);
				return { reference: null };
			},
			{ of: 'excuse', values: form.data }
		);
	}
};

async function submitting(event: RequestEvent) {
	const at = await answerOf(event);
	// Whoever may submit is told why they can't now, rather than that others may.
	if (at.frozen) await rounds.taking(at.db, at.meeting.id);
	permit(at.maySubmit, whoSubmits);
	return at;
}

const whoSubmits =
	'You may write, and your national coordinator submits. Tell them on the page “Report” that it is ready.';

/** Does it and shows the receipt; or says on the page what stands in the way. */
async function settle(
	at: Answer,
	act: () => Promise<{ reference: string | null }>,
	{ of = '', values = {} }: { of?: string; values?: Record<string, string> } = {}
) {
	let done: { reference: string | null };
	try {
		done = await act();
	} catch (error) {
		if (!(error instanceof BadInput)) throw error;
		const missing = error instanceof Incomplete ? error.missing : [];
		return fail(422, { ok: false as const, of, values, errors: { '': error.message }, missing });
	}
	const { reference } = done;
	const list = at.kept ? `/report?entity=${encodeURIComponent(at.kept)}` : '/report';
	redirect(303, reference ? at.to(`/receipt/${encodeURIComponent(reference)}`) : list);
}
