import { fail } from '@sveltejs/kit';
import { z } from 'zod';
import { may, mayEver } from '#lib/domain/access.ts';
import { isMissing, marks, ways } from '#lib/domain/board.ts';
import { day } from '#lib/domain/dates.ts';
import { localTime } from '#lib/domain/zones.ts';
import { one, read as parse } from '#lib/domain/schemas/filters.ts';
import { remindInput } from '#lib/domain/schemas/review.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as boards from '#lib/server/boards.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as forms from '#lib/server/forms.ts';
import { ownOrigin } from '#lib/server/http/origin.ts';
import { ownZone } from '#lib/server/own-zone.ts';
import * as reminders from '#lib/server/reminders.ts';
import type { Actions, PageServerLoad } from './$types';

const asked = z.object({ show: one([...ways, ...marks]).optional(), view: one(['wall']).optional() });

export const load = (async ({ locals: { db, user }, params, url }) => {
	permit(mayEver(user, 'follow'));
	await chosen.meeting(db, params.meeting);
	const given = Object.fromEntries(
		[...url.searchParams].filter(([name, value]) => name in asked.shape && value)
	);
	const { rows, ...board } = await boards.read(db, user, params.meeting);
	const { opening, due_at } = board;
	return {
		...parse(asked, given),
		...board,
		due: opening && { at: opening.due_at, time_zone: opening.time_zone, own: await ownZone(db, user) },
		over: due_at !== null && due_at < new Date().toISOString(),
		dueDay: opening ? day(localTime(new Date(opening.due_at), opening.time_zone).day) : due_at && day(due_at),
		rows: rows.map(({ scopes, ...row }) => ({
			...row,
			remind:
				board.open &&
				isMissing(row.way) &&
				row.contacts.length > 0 &&
				may(user, 'remind', { entity_id: row.id, scopes })
		})),
		log: await reminders.log(
			db,
			params.meeting,
			rows.map(({ id }) => id)
		)
	};
}) satisfies PageServerLoad;

export const actions: Actions = {
	remind: async ({ locals: { db, user, settings }, params, request, url }) => {
		permit(mayEver(user, 'remind'));
		const form = await forms.read(request, remindInput);
		if (!form.ok) return fail(422, form);
		let reached: Awaited<ReturnType<typeof reminders.send>> | undefined;
		const refused = await forms.attempt(form, async () => {
			reached = await reminders.send(db, user, {
				meeting_id: params.meeting,
				entity_ids: form.data.entity,
				text: form.data.text,
				origin: ownOrigin(settings, url)
			});
		});
		return refused ? fail(422, refused) : { ok: true as const, reached: reached! };
	}
};
