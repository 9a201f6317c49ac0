import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { mayEver, type User } from '#lib/domain/access.ts';
import { entriesOf, type Entry } from '#lib/domain/calendar.ts';
import { NotFound } from '#lib/domain/errors.ts';
import * as audit from '../audit.ts';
import { reporters } from '../mail/reporters.ts';
import { hashOf, token } from '../secret.ts';
import * as users from '../users.ts';
import { dated } from './dated.ts';

/** When somebody's private calendar was made; nothing when they have none. */
export async function made(db: Reader, user_id: string): Promise<string | null> {
	const row = await db
		.selectFrom('calendar_feed')
		.select('created_at')
		.where('user_id', '=', user_id)
		.executeTakeFirst();
	return row?.created_at ?? null;
}

/** Makes somebody's private calendar, in place of the one they had. Gives the token: it is told this once. */
export function make(db: Db, user: User): Promise<string> {
	return transactAside(db, async (trx) => {
		const given = token();
		const row = { token_hash: hashOf(given), created_at: new Date().toISOString() };
		await trx
			.insertInto('calendar_feed')
			.values({ ...row, user_id: user.id })
			.onConflict((c) => c.column('user_id').doUpdateSet(row))
			.execute();
		await audit.record(trx, audit.actorOf(user), { act: 'make_calendar', object: `user ${user.id}` });
		return given;
	});
}

/** Ends somebody's private calendar: its address leads nowhere from now on. */
export function revoke(db: Db, user: User) {
	return transactAside(db, async (trx) => {
		const { numDeletedRows } = await trx
			.deleteFrom('calendar_feed')
			.where('user_id', '=', user.id)
			.executeTakeFirstOrThrow();
		if (Number(numDeletedRows) > 0)
			await audit.record(trx, audit.actorOf(user), { act: 'revoke_calendar', object: `user ${user.id}` });
	});
}

/** What is in the calendar of this address: the meetings, and the rounds its person is asked in. */
export async function read(db: Reader, given: string, now: Date): Promise<Entry[]> {
	const feed = await db
		.selectFrom('calendar_feed')
		.select('user_id')
		.where('token_hash', '=', hashOf(given))
		.executeTakeFirst();
	const user = feed && (await users.find(db, { id: feed.user_id }));
	if (!mayEver(user, 'read')) throw new NotFound('There is no calendar at this address.');
	const day = now.toISOString().slice(0, 10);
	const meetings = await dated(db, {
		from: `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`.replace('-02-29', '-02-28')
	});
	const asked = await askedIn(db, user.id, day);
	return meetings.flatMap((meeting) =>
		entriesOf(meeting).filter(
			({ id }) => id.startsWith('meeting-') || asked === 'all' || asked.has(meeting.id)
		)
	);
}

/** The rounds somebody's entities are asked in; whoever acts for none sees all. */
async function askedIn(db: Reader, user_id: string, day: string): Promise<Set<string> | 'all'> {
	const reporter = (await reporters(db, day)).find(({ id }) => id === user_id);
	if (!reporter) return 'all';
	const entities = [...reporter.entities, ...reporter.standing_in].map(({ entity_id }) => entity_id);
	if (entities.length === 0) return 'all';
	const rows = await db
		.selectFrom('standing')
		.select('meeting_id')
		.distinct()
		.where('basis', '=', 'known')
		.where('entity_id', 'in', entities)
		.execute();
	return new Set(rows.map(({ meeting_id }) => meeting_id));
}
