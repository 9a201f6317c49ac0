import { fail, redirect } from '@sveltejs/kit';
import { z } from 'zod';
import { transact, type Db, type Reader } from '#db/open.server.ts';
import { may } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { byName } from '#lib/domain/text.ts';
import { readDay } from '#lib/domain/typed-day.ts';
import { calledToday, isZone, momentOf, toChoose, wallClock } from '#lib/domain/zones.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import * as entities from '#lib/server/entities.ts';
import * as forms from '#lib/server/forms.ts';
import * as meetings from '#lib/server/meetings.ts';
import { ifOpened, inRound, type Asked } from '#lib/server/rounds/asked.ts';
import * as expectations from '#lib/server/rounds/expectations.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as users from '#lib/server/users.ts';
import type { Actions, PageServerLoad } from './$types';

export const load = (async ({ locals: { db, user }, params, url }) => {
	permit(may(user, 'open_round'));
	const meeting = await meetings.get(db, params.meeting);
	const round = (await rounds.find(db, meeting.id)) ?? null;
	const today = new Date().toISOString().slice(0, 10);
	const suggested = meeting.due_on && meeting.due_on > today ? meeting.due_on : inTwoWeeks(today);
	const asked =
		round || meeting.frozen_at
			? await inRound(db, meeting.id)
			: await ifOpened(db, meeting.id, {
					opens_on: meeting.opens_on ?? today,
					due_on: meeting.due_on ?? suggested
				});
	const all = await entities.list(db);
	const host = all.find(({ id }) => id === meeting.host_id);
	// Where nobody knows it, the office has to say: a moment told by the wrong clock is hours away from what was meant.
	const zone = [round?.time_zone, host?.time_zone].find(isZone) ?? null;
	const entity = all.find(({ id }) => id === url.searchParams.get('entity')) ?? null;
	return {
		meeting,
		round,
		own: await ownZone(db, user),
		due: round && zone ? wallClock(round.due_at, zone) : `${suggested}T17:00`,
		zone: zone && calledToday(zone),
		zones: toChoose(zone),
		total: asked.length,
		entities: await perEntity(db, asked, all),
		changes: await expectations.changes(db, meeting.id),
		entity: entity && { id: entity.id, name: entity.name, ...(await choices(db, asked, entity.id)) }
	};
}) satisfies PageServerLoad;

const inTwoWeeks = (today: string) =>
	new Date(Date.parse(today) + 14 * 86_400_000).toISOString().slice(0, 10);

/** Who is asked for how much, by name, and who would read that it is: nobody, for some. */
async function perEntity(db: Reader, asked: Asked[], all: { id: string; name: string }[]) {
	const counts = Map.groupBy(asked, ({ entity_id }) => entity_id);
	const people = Map.groupBy(await users.contacts(db), ({ entity_id }) => entity_id);
	return all
		.filter(({ id }) => counts.has(id))
		.map(({ id, name }) => ({
			id,
			name,
			count: counts.get(id)!.length,
			contacts: [...new Set((people.get(id) ?? []).map((person) => person.name))]
		}))
		.sort(byName);
}

/** What one entity is asked for, and what it could be asked for besides. */
async function choices(db: Reader, asked: Asked[], entity_id: string) {
	const its = new Set(
		asked.filter((one) => one.entity_id === entity_id).map(({ initiative_id }) => initiative_id)
	);
	const rows = await db.selectFrom('initiative').select(['id', 'title']).execute();
	const named = rows.map(({ id, title }) => ({ id, title, name: title })).sort(byName);
	return {
		asked: named.filter(({ id }) => its.has(id)),
		others: named.filter(({ id }) => !its.has(id))
	};
}

const opening = z.object({
	due_on: z.string().default(''),
	due_time: z.string().default('17:00'),
	time_zone: z.string().default('')
});
const reason = z
	.string()
	.trim()
	.min(1, 'Give a reason: it is shown wherever this counts.')
	.max(2000, 'Keep the reason under 2,000 characters.');
const takingOut = z.object({
	entity: z.string().default(''),
	taken: z.array(z.string()).min(1, 'Choose at least one initiative.').prefault([]),
	reason
});
const adding = z.object({
	entity: z.string().default(''),
	initiative: z.string().min(1, 'Choose an initiative.').prefault(''),
	add_reason: reason
});

export const actions: Actions = {
	open: (event) => date(event, rounds.open),
	move: (event) => date(event, rounds.move),
	take_out: (event) =>
		adjust(event, takingOut, async (trx, actor, { entity: entity_id, taken, reason }) => {
			for (const initiative_id of taken)
				await expectations.takeOut(trx, actor, { ...about(event), entity_id, initiative_id, reason });
		}),
	add: (event) =>
		adjust(
			event,
			adding,
			(trx, actor, { entity: entity_id, initiative: initiative_id, add_reason: reason }) =>
				expectations.add(trx, actor, { ...about(event), entity_id, initiative_id, reason })
		)
};

type Event = { locals: App.Locals; params: { meeting: string }; request: Request };

async function date({ locals: { db, user }, params, request }: Event, act: typeof rounds.open) {
	permit(may(user, 'open_round'));
	const form = await forms.read(request, opening);
	if (!form.ok) return fail(422, form);
	const { due_on, due_time, time_zone } = form.data;
	const errors: forms.Errors = {};
	const day = readDay(due_on);
	if ('sentence' in day) errors.due_on = due_on ? day.sentence : 'Choose the day answers are due.';
	const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(due_time) ?? [];
	if (hour === undefined) errors.due_time = 'Write the time as 17:00.';
	else if (Number(hour) > 23 || Number(minute) > 59)
		errors.due_time = `There is no time ${due_time}. Write it as 17:00.`;
	if (!isZone(time_zone)) errors.time_zone = 'Choose a time zone from the list.';
	if (Object.keys(errors).length > 0 || 'sentence' in day) return fail(422, forms.refuse(form, errors));
	const due_at = momentOf(day.day, due_time.padStart(5, '0'), time_zone);
	try {
		await act(db, audit.actorOf(user), params.meeting, { due_at, due_on: day.day, time_zone });
	} catch (error) {
		if (error instanceof BadInput) return fail(422, forms.refuse(form, { '': error.message }));
		throw error;
	}
	redirect(303, `/meetings/${encodeURIComponent(params.meeting)}/round`);
}

const about = ({ params }: Event) => ({ meeting_id: params.meeting });

/** Changes who is asked for what: all that was chosen, or nothing. */
async function adjust<Schema extends z.ZodObject<{ entity: z.ZodDefault<z.ZodString> }>>(
	{ locals: { db, user }, params, request }: Event,
	schema: Schema,
	change: (trx: Db, actor: audit.Actor, given: z.infer<Schema>) => Promise<unknown>
) {
	permit(may(user, 'open_round'));
	const form = await forms.read(request, schema);
	if (!form.ok) return fail(422, form);
	try {
		await transact(db, (trx) => change(trx, audit.actorOf(user), form.data));
	} catch (error) {
		if (error instanceof BadInput || error instanceof NotFound)
			return fail(422, forms.refuse(form, { '': error.message }));
		throw error;
	}
	const here = `/meetings/${encodeURIComponent(params.meeting)}/round`;
	redirect(303, `${address(here, { entity: form.data.entity })}#changes`);
}
