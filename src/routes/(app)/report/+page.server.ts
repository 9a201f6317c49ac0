import { redirect } from '@sveltejs/kit';
import { z } from 'zod';
import type { Reader } from '#db/open.server.ts';
import { entitiesOf, may, mayEver, type User } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { blank } from '#lib/domain/draft.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { byName } from '#lib/domain/text.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import * as handover from '#lib/server/handover.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as expectations from '#lib/server/rounds/expectations.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as receipts from '#lib/server/submissions/receipts.ts';
import { byWhom } from '#lib/server/submissions/by-whom.ts';
import { stateOf, tasks, type Task } from '#lib/server/submissions/tasks.ts';
import * as readiness from '#lib/server/submissions/readiness.ts';
import { served } from '#lib/server/initiatives/adjust.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, url }) => {
	permit(mayEver(user, 'report'));
	const own = entitiesOf(user);
	const chosen = url.searchParams.get('entity');
	const all = await entities.list(db);
	const others = may(user, 'report', { entity_id: '' })
		? all.map(({ id, name }) => ({ id, name })).sort(byName)
		: [];
	const wanted = chosen ? [chosen] : own;
	const named = wanted.map((id) => all.find((entity) => entity.id === id));
	if (chosen && (!named[0] || !may(user, 'report', { entity_id: chosen })))
		throw new NotFound(`There is no answer of "${chosen}" to see here.`);
	const open = await rounds.list(db);
	const list = [];
	for (const round of open)
		for (const entity of named)
			if (entity) list.push({ round, entity, ...(await answer(db, user, round.id, entity.id)) });
	return {
		open,
		words: await handover.said(db, own, user),
		waiting: await reviews.waitingFor(db, user),
		others,
		chosen,
		kept: own.length === 1 && !chosen ? null : chosen,
		several: wanted.length > 1,
		zone: await ownZone(db, user),
		now: new Date().toISOString(),
		answers: list.map(({ entity: { id, name }, ...rest }) => ({ ...rest, entity: { id, name } }))
	};
}) satisfies PageServerLoad;

async function answer(db: Reader, user: User, meeting_id: string, entity_id: string) {
	const place = { meeting_id, entity_id, side: drafts.sideOf(user, entity_id) };
	const { state, submission } = await stateOf(db, place);
	const rows = await tasks(db, place);
	const said = await byWhom(
		db,
		rows.flatMap(({ now, last }) => now?.id ?? last?.id ?? [])
	);
	return {
		state,
		reason: submission?.reason ?? null,
		channel: submission?.channel ?? null,
		onBehalf: place.side === 'office',
		maySubmit: may(user, 'submit', { entity_id }),
		ready: (await readiness.of(db, place)) ?? null,
		receipts: await receipts.list(db, place),
		decided: await expectations.changes(db, meeting_id, entity_id),
		tasks: rows.map(({ draft, lacks, ...task }) => ({
			...task,
			lacks: Object.values(lacks),
			unchanged: draft?.fields.change === 'no_change',
			by: lastOf(task, draft, said)
		}))
	};
}

/** Who had to do with an initiative last: with its draft, with what was submitted, or with what was said last time. */
function lastOf(
	{ now, last }: Pick<Task, 'now' | 'last'>,
	draft: Task['draft'],
	said: Awaited<ReturnType<typeof byWhom>>
) {
	if (draft) return { what: 'written' as const, name: `by ${draft.saved_by_name}`, at: draft.saved_at };
	const found = said.get((now ?? last)?.id ?? '');
	if (!found) return null;
	const name = found.person ? `by ${found.by}` : found.by;
	return { what: now ? ('now' as const) : ('last' as const), name, at: found.at };
}

const one = z.object({
	meeting: z.string(),
	entity: z.string(),
	initiative: z.string(),
	kept: z.string().default('')
});
const whole = one.omit({ initiative: true });

export const actions: Actions = {
	/** Nothing has changed since last time: one press, submitted with the rest. */
	no_change: async ({ locals, request }) => {
		const { place, user, back } = await asked(locals, request);
		const { db } = locals;
		const row = (await tasks(db, place)).find(({ initiative_id }) => initiative_id === place.initiative_id);
		if (!row?.last)
			throw new BadInput(
				'Nothing was reported on this before, so it can not be unchanged. Say where it stands.'
			);
		const draft = await drafts.find(db, place);
		const opening = { ...blank, serves: await served(db, place.initiative_id) };
		const fields = {
			...(draft?.fields ?? opening),
			change: 'no_change',
			stage: '',
			timing: '',
			reason_code: ''
		};
		await drafts.save(db, audit.actorOf(user), place, { version: draft?.version ?? 0, fields, opening });
		redirect(303, back);
	},
	/** Takes the press back. */
	undo: async ({ locals, request }) => {
		const { place, user, back } = await asked(locals, request);
		const draft = await drafts.find(locals.db, place);
		if (draft?.fields.change === 'no_change')
			await drafts.save(locals.db, audit.actorOf(user), place, {
				version: draft.version,
				fields: { ...draft.fields, change: '' }
			});
		redirect(303, back);
	},
	/** A contributor says that the answer can go out. */
	ready: async ({ locals: { db, settings, user }, request, url }) => {
		const form = await forms.read(request, whole);
		if (!form.ok) throw new BadInput('Reload the page and try again.');
		const { meeting: meeting_id, entity: entity_id, kept } = form.data;
		if (!may(user, 'report', { entity_id }))
			throw new NotFound(`There is no answer of "${entity_id}" to see here.`);
		await readiness.say(db, user, { meeting_id, entity_id }, ownOrigin(settings, url));
		redirect(303, address('/report', { entity: kept }));
	}
};

async function asked({ db, user }: App.Locals, request: Request) {
	const form = await forms.read(request, one);
	if (!form.ok) throw new BadInput('Reload the page and try again.');
	const { meeting: meeting_id, entity: entity_id, initiative: initiative_id, kept } = form.data;
	if (!may(user, 'report', { entity_id }))
		throw new NotFound(`There is no answer of "${entity_id}" to see here.`);
	await rounds.taking(db, meeting_id);
	return {
		user,
		place: { meeting_id, entity_id, initiative_id, side: drafts.sideOf(user, entity_id) },
		back: `${address('/report', { entity: kept })}#${encodeURIComponent(`${meeting_id}-${initiative_id}`)}`
	};
}
