import { fail, redirect } from '@sveltejs/kit';
import { meetingName } from '#lib/charts/sentence.ts';
import { dayOf, problems, reportOf } from '#lib/domain/draft-check.ts';
import { fieldsOf } from '#lib/domain/draft.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { isUnsent } from '#lib/domain/submission.ts';
import { byRule } from '#lib/domain/timing.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as editing from '#lib/server/drafts/editing.ts';
import { unsettled } from '#lib/server/drafts/unsettled.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as adjust from '#lib/server/initiatives/adjust.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import { stateOf, tasks } from '#lib/server/submissions/tasks.ts';
import { before, record } from '#lib/server/updates/record.ts';
import { transact } from '#db/open.server.ts';
import { dueOf } from '../../answer.server.ts';
import { isPending, keep, opened, placeOf, type Place } from './form.server.ts';
import { elements } from './elements.server.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async (event) => {
	const at = await placeOf(event);
	const { db, place, draft, isNew, user } = at;
	const { fields, version, newest } = await opened(at);
	const initiative = isNew ? null : await initiatives.get(db, place.initiative_id);
	const today = new Date().toISOString().slice(0, 10);
	const dates = initiative ?? { target_on: dayOf(fields.target_on), milestones: [] };
	return {
		meeting: { id: at.meeting.id, title: at.meeting.title },
		entity: { id: at.entity.id, name: at.entity.name },
		onBehalf: at.onBehalf,
		frozen: at.frozen,
		/** Only the office adds something to frozen figures. */
		closed: at.frozen && !at.mayAdd,
		kept: at.kept,
		isNew,
		title: initiative?.title ?? fields.title,
		initiative: { id: place.initiative_id, target_on: dates.target_on },
		milestones: initiative?.milestones ?? [],
		rule: byRule(dates, today, false),
		last: named(await before(db, place)),
		fields,
		version,
		unsettled: await unsettled(db, draft, user.id),
		saved: draft && isPending(draft) ? { at: draft.saved_at, by: draft.saved_by_name } : null,
		/** A program sent it, and the answer has not gone out yet. */
		waits: isUnsent((await stateOf(db, place)).state),
		submitted: newest ? { at: newest.recorded_at, pending: isPending(draft) } : null,
		others: await editing.others(db, place, user.id),
		due: await dueOf(at),
		evidence: await evidence.list(db, place),
		plans: await elements(db)
	};
}) satisfies PageServerLoad;

const named = <M extends { meeting: string; series: string; number: number | null }>(last: M | undefined) =>
	last ? { ...last, meeting: meetingName({ ...last, title: last.meeting }) } : null;

export const actions: Actions = {
	/** Saves, says what is still missing, and goes on to the next. */
	save: async (event) => {
		const at = await placeOf(event);
		const kept = await keep(event.request, at);
		if (!kept.ok) return fail(kept.status, await withAll(at, kept));
		const errors = await lacking(at, kept.saved.fields);
		const { fields: sent, version } = kept.saved;
		if (Object.keys(errors).length > 0)
			return fail(422, { ok: false, status: 422, sent, errors, conflicts: [], version });
		redirect(303, await next(at));
	},
	/** Saves and leaves, complete or not. */
	later: async (event) => {
		const at = await placeOf(event);
		const kept = await keep(event.request, at);
		if (!kept.ok) return fail(kept.status, kept);
		redirect(303, at.kept ? `/report?entity=${encodeURIComponent(at.kept)}` : '/report');
	},
	/** Saves, with the files chosen, and stays. */
	attach: async (event) => {
		const at = await placeOf(event);
		const kept = await keep(event.request, at);
		if (!kept.ok) return fail(kept.status, kept);
		redirect(303, `${at.to(`/${encodeURIComponent(at.place.initiative_id)}`)}#evidence`);
	},
	/** Saves, and takes a file back. */
	detach: async (event) => {
		const at = await placeOf(event);
		const kept = await keep(event.request, at);
		if (!kept.ok) return fail(kept.status, kept);
		await evidence.detach(at.db, at.actor, at.place, kept.file);
		redirect(303, `${at.to(`/${encodeURIComponent(at.place.initiative_id)}`)}#evidence`);
	},
	/** After the freeze: records what the office learnt too late, beside what was presented. */
	addendum: async (event) => {
		const at = await placeOf(event);
		permit(at.mayAdd && at.onBehalf);
		if (!at.frozen) throw new BadInput('This meeting is not frozen: submit the answer instead.');
		const kept = await keep(event.request, at);
		if (!kept.ok) return fail(kept.status, kept);
		const { fields: sent, version } = kept.saved;
		const errors = await lacking(at, sent);
		if (Object.keys(errors).length > 0)
			return fail(422, { ok: false, status: 422, sent, errors, conflicts: [], version });
		const { place, actor } = at;
		const { side: _, ...about } = place;
		const first = !(await before(at.db, place));
		await transact(at.db, async (trx) => {
			if (at.isNew) await adjust.add(trx, actor, about, sent);
			await adjust.follow(trx, actor, about, sent);
			const { id } = await record(trx, actor, reportOf(sent, about, first), { addendum: true });
			await evidence.settle(trx, place, id);
			const draft = await drafts.find(trx, place);
			if (draft) await drafts.settle(trx, draft.id, id);
		});
		redirect(303, `/initiatives/${encodeURIComponent(place.initiative_id)}`);
	}
};

/** What is wrong with a file, and what the fields lack: all is told at once. */
async function withAll<Refused extends Awaited<ReturnType<typeof keep>> & { ok: false }>(
	at: Place,
	refused: Refused
) {
	if (refused.version === null || refused.conflicts.length > 0) return refused;
	return { ...refused, errors: { ...(await lacking(at, fieldsOf(refused.sent))), ...refused.errors } };
}

async function lacking({ db, place, isNew }: Place, fields: drafts.Draft['fields']) {
	return problems(fields, { first: !(await before(db, place)), isNew }) as Record<string, string>;
}

/** The next initiative nothing is said of yet, after this one or from the top; when there is none, the whole answer. */
async function next({ db, answer, place, to }: Place) {
	const all = await tasks(db, answer);
	const here = all.findIndex(({ initiative_id }) => initiative_id === place.initiative_id);
	const order = [...all.slice(here + 1), ...all.slice(0, Math.max(here, 0))];
	const open = order.find(({ state }) => state === 'todo' || state === 'begun' || state === 'returned');
	return to(open ? `/${encodeURIComponent(open.initiative_id)}` : '/check');
}
