import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { may, type User } from '#lib/domain/access.ts';
import { isMissing } from '#lib/domain/board.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { wanted } from '#lib/domain/mail.ts';
import { count } from '#lib/domain/text.ts';
import { permit } from './access/guard.ts';
import * as audit from './audit.ts';
import * as boards from './boards.ts';
import * as choices from './mail/choices.ts';
import * as outbox from './mail/outbox.ts';
import * as users from './users.ts';

type Reminder = { meeting_id: string; entity_ids: readonly string[]; text: string; origin: string | null };

/**
 * Asks the people of some entities once more for their answers, in one's own words. Nobody is asked twice on a day, however
 * often it is pressed and by whomever. Says whom it reached, who had been reminded today already, and who wants no such mail.
 */
export function send(db: Db, user: User, { meeting_id, entity_ids, text, origin }: Reminder) {
	return transactAside(db, async (trx) => {
		const { meeting, rows, open } = await boards.read(trx, user, meeting_id);
		if (!open)
			throw new BadInput(`Reporting for ${meetingName(meeting)} is not open: nobody is asked for it now.`);
		const where = origin ? `Answer here: ${origin}/report` : 'Answer on the page Report.';
		const reached = { sent: 0, already: 0, unreachable: [] as string[], unwilling: [] as string[] };
		for (const id of new Set(entity_ids)) {
			const row = rows.find((one) => one.id === id);
			if (!row) throw new NotFound('There is no such Member to remind on this board.');
			permit(may(user, 'remind', { entity_id: id, scopes: row.scopes }));
			if (!isMissing(row.way)) {
				if (entity_ids.length > 1) continue;
				throw new BadInput(`${row.name} has answered in the meantime: no reminder was sent.`);
			}
			const contacts = await users.contacts(trx, id);
			if (contacts.length === 0) reached.unreachable.push(row.name);
			const people = [];
			for (const person of new Map(contacts.map((one) => [one.id, one])).values())
				if (wanted(await choices.get(trx, person.id), 'reminder')) people.push(person);
				else reached.unwilling.push(person.name);
			let sent = 0;
			for (const person of people) {
				const isNew = await note(trx, user, { meeting_id, entity_id: id, user_id: person.id, text });
				if (!isNew) continue;
				sent++;
				await outbox.post(trx, {
					to: person.email,
					user_id: person.id,
					kind: 'reminder',
					subject: `${meetingName(meeting)}: we look forward to the answer of ${row.name}`,
					text: `Dear ${person.name},\n\n${text}\n\n${where}\n\n${user.name}\n`,
					once: `reminder ${person.id} ${today()}`
				});
			}
			reached.sent += sent;
			reached.already += people.length - sent;
			if (sent > 0)
				await audit.record(trx, audit.actorOf(user), {
					act: 'remind',
					object: `${count(sent, 'person', 'people')} of ${id}`,
					entity_id: id,
					meeting_id,
					after: { text }
				});
		}
		return reached;
	});
}

/** Writes down that somebody is reminded; says whether they had not been today. */
async function note(
	trx: Db,
	user: User,
	reminder: { meeting_id: string; entity_id: string; user_id: string; text: string }
) {
	const { numInsertedOrUpdatedRows } = await trx
		.insertInto('reminder')
		.values({
			...reminder,
			reminded_on: today(),
			reminded_at: new Date().toISOString(),
			reminded_by: user.id
		})
		.onConflict((c) => c.columns(['user_id', 'reminded_on']).doNothing())
		.executeTakeFirstOrThrow();
	return Number(numInsertedOrUpdatedRows ?? 0) > 0;
}

const today = () => new Date().toISOString().slice(0, 10);

/** Who was reminded for a meeting, newest first: of these entities. */
export async function log(db: Reader, meeting_id: string, entity_ids: readonly string[]) {
	if (entity_ids.length === 0) return [];
	return db
		.selectFrom('reminder as r')
		.innerJoin('user as to', 'to.id', 'r.user_id')
		.innerJoin('user as by', 'by.id', 'r.reminded_by')
		.innerJoin('entity as e', 'e.id', 'r.entity_id')
		.select(['r.user_id', 'r.reminded_at', 'r.text', 'to.name as to', 'by.name as by', 'e.name as entity'])
		.where('r.meeting_id', '=', meeting_id)
		.where('r.entity_id', 'in', entity_ids)
		.orderBy('r.reminded_at', 'desc')
		.orderBy('to.name')
		.execute();
}

/** When each entity was last reminded for a meeting. */
export async function lastOf(db: Reader, meeting_id: string) {
	const rows = await db
		.selectFrom('reminder')
		.select((eb) => ['entity_id', eb.fn.max('reminded_at').as('at')])
		.where('meeting_id', '=', meeting_id)
		.groupBy('entity_id')
		.execute();
	return new Map(rows.map(({ entity_id, at }) => [entity_id, at]));
}
