import type { Reader } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { wayOf, type Mark, type Way } from '#lib/domain/board.ts';
import { dueAt } from '#lib/domain/round.ts';
import { isFresh } from '#lib/domain/freshness.ts';
import { byName } from '#lib/domain/text.ts';
import type { Channel, SubmissionState } from '#lib/domain/words.ts';
import * as meetings from './meetings.ts';
import { rounds } from './progress.ts';
import * as reminders from './reminders.ts';
import * as users from './users.ts';

export type Row = {
	id: string;
	name: string;
	/** The elements it has something to answer for under. */
	scopes: string[];
	way: Way;
	marks: Mark[];
	state: SubmissionState | null;
	channel: Channel | null;
	submitted_at: string | null;
	reason: string | null;
	expected: number;
	said: number;
	reviewed: number;
	/** When somebody of theirs last saved a draft: that there is one, and never what it says. */
	drafted_at: string | null;
	contacts: { id: string; name: string }[];
	reminded_at: string | null;
};

/** Every entity that is asked in a round, with how it has answered: for an area coordinator those under their elements. */
export async function read(db: Reader, user: User, meeting_id: string) {
	const meeting = await meetings.get(db, meeting_id);
	const opening = await db
		.selectFrom('round_opening')
		.select(['opened_at', 'due_at', 'time_zone'])
		.where('meeting_id', '=', meeting_id)
		.executeTakeFirst();
	const due_at = dueAt(meeting.due_on, opening);
	const asked = await askedOf(db, meeting_id);
	const submissions = new Map((await submissionsOf(db, meeting_id)).map((row) => [row.entity_id, row]));
	const drafts = await draftsOf(db, meeting_id);
	const people = Map.groupBy(await users.contacts(db), ({ entity_id }) => entity_id!);
	const reminded = await reminders.lastOf(db, meeting_id);
	const frozen = meeting.frozen_at !== null;

	const rows = asked
		.filter(({ id, scopes }) => may(user, 'follow', { entity_id: id, scopes, frozen }))
		.map((entity): Row => {
			const {
				state = null,
				channel = null,
				submitted_at = null,
				reason = null
			} = submissions.get(entity.id) ?? {};
			const contacts = distinct(people.get(entity.id) ?? []);
			const drafted_at = drafts.get(entity.id) ?? null;
			const answer = { state, channel, submitted_at, updates: entity.said, drafting: drafted_at !== null };
			const marks: Record<Mark, boolean> = {
				accepted: state === 'accepted',
				on_behalf: channel === 'on_behalf',
				no_contact: contacts.length === 0
			};
			return {
				...entity,
				way: wayOf(answer, due_at),
				marks: (Object.keys(marks) as Mark[]).filter((mark) => marks[mark]),
				state: state === 'draft' ? null : state,
				channel: state === null || state === 'draft' ? null : channel,
				submitted_at,
				reason,
				drafted_at,
				contacts,
				reminded_at: reminded.get(entity.id) ?? null
			};
		})
		.sort(byName);
	return {
		meeting,
		opening: opening ?? null,
		open: opening !== undefined && !frozen,
		due_at,
		rows,
		stamp: await stamp(db, meeting_id)
	};
}

/** Names the state of a board: another word means that something on it may have changed. */
export async function stamp(db: Reader, meeting_id: string) {
	const { number } = await db.selectFrom('revision').select('number').executeTakeFirstOrThrow();
	const newest = (table: 'draft' | 'reminder', column: string) =>
		db
			.selectFrom(table)
			.select((eb) => [eb.fn.max(column as never).as('at'), eb.fn.countAll<number>().as('count')])
			.where('meeting_id', '=', meeting_id)
			.executeTakeFirstOrThrow();
	const [draft, reminder] = [await newest('draft', 'saved_at'), await newest('reminder', 'reminded_at')];
	return [number, draft.at, draft.count, reminder.at, reminder.count].join(' ');
}

const distinct = <One extends { id: string; name: string }>(all: readonly One[]) => [
	...new Map(all.map(({ id, name }) => [id, { id, name }])).values()
];

type Asked = { id: string; name: string; scopes: string[]; expected: number; said: number; reviewed: number };

/** Whoever is asked or excused: under which elements, for how many initiatives, how many were said, and how many reviewed. */
async function askedOf(db: Reader, meeting_id: string): Promise<Asked[]> {
	const standings = await db
		.selectFrom('standing as s')
		.select(['s.entity_id', 's.initiative_id', 's.freshness'])
		.select((eb) =>
			eb
				.exists(
					eb.selectFrom('review as r').select('r.update_id').whereRef('r.update_id', '=', 's.update_id')
				)
				.as('reviewed')
		)
		.where('s.basis', '=', 'known')
		.where('s.meeting_id', '=', meeting_id)
		.execute();
	const asked = Map.groupBy(standings, ({ entity_id }) => entity_id);
	for (const { entity_id } of await excusedOf(db, meeting_id))
		if (!asked.has(entity_id)) asked.set(entity_id, []);
	const scopes = await scopesOf(db, [...asked.keys()]);
	const names = await db.selectFrom('entity').select(['id', 'name']).execute();
	return names.flatMap(({ id, name }) => {
		const rows = asked.get(id);
		if (!rows) return [];
		const said = rows.filter(({ freshness }) => isFresh(freshness));
		const reviewed = said.filter((row) => Boolean(row.reviewed)).length;
		return [{ id, name, scopes: scopes.get(id) ?? [], expected: rows.length, said: said.length, reviewed }];
	});
}

function excusedOf(db: Reader, meeting_id: string) {
	return db
		.selectFrom('submission')
		.select('entity_id')
		.where('meeting_id', '=', meeting_id)
		.where('state', '=', 'excused')
		.execute();
}

/** Under which elements entities have anything to answer for, whether or not they are asked this time. */
async function scopesOf(db: Reader, entity_ids: string[]) {
	const scopes = new Map<string, string[]>();
	if (entity_ids.length === 0) return scopes;
	const rows = await db
		.selectFrom('initiative_entity as p')
		.innerJoin('initiative_scope as s', 's.initiative_id', 'p.initiative_id')
		.select(['p.entity_id', 's.scope_id'])
		.distinct()
		.where('p.entity_id', 'in', entity_ids)
		.where('p.role', '=', 'lead')
		.execute();
	for (const { entity_id, scope_id } of rows)
		scopes.set(entity_id, [...(scopes.get(entity_id) ?? []), scope_id]);
	return scopes;
}

function submissionsOf(db: Reader, meeting_id: string) {
	return db
		.selectFrom('submission')
		.select(['entity_id', 'state', 'channel', 'submitted_at', 'reason'])
		.where('meeting_id', '=', meeting_id)
		.execute();
}

/** Who has begun to write and not yet sent it, and when they last saved. Nothing else of a draft is read here. */
async function draftsOf(db: Reader, meeting_id: string) {
	const rows = await db
		.selectFrom('draft')
		.select((eb) => ['entity_id', eb.fn.max('saved_at').as('saved_at')])
		.where('meeting_id', '=', meeting_id)
		.where('side', '=', 'member')
		.where('update_id', 'is', null)
		// Opening a form is no writing yet.
		.where('version', '>', 0)
		.groupBy('entity_id')
		.execute();
	return new Map(rows.map(({ entity_id, saved_at }) => [entity_id, saved_at]));
}

/** The board that is looked at when none is named: of the round that takes answers and was opened last, else of the newest round. */
export async function newest(db: Reader) {
	const open = await db
		.selectFrom('round_opening as o')
		.leftJoin('freeze as f', 'f.meeting_id', 'o.meeting_id')
		.select('o.meeting_id')
		.where('f.meeting_id', 'is', null)
		.orderBy('o.opened_at', 'desc')
		.limit(1)
		.executeTakeFirst();
	return open?.meeting_id ?? (await rounds(db)).at(-1)?.id;
}
