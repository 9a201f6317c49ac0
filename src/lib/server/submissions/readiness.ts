import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import { inBoth } from '#lib/domain/zones.ts';
import * as audit from '../audit.ts';
import * as entities from '../entities.ts';
import * as outbox from '../mail/outbox.ts';
import { ownZone } from '../own-zone.ts';
import * as rounds from '../rounds.ts';
import * as users from '../users.ts';

type Answer = { meeting_id: string; entity_id: string };

/** A contributor says that the answer can go out. Whoever submits for the entity sees it, and hears of it by mail. */
export function say(db: Db, user: User, { meeting_id, entity_id }: Answer, origin: string | null = null) {
	return transactAside(db, async (trx) => {
		const answer = { meeting_id, entity_id };
		const round = await rounds.taking(trx, meeting_id);
		await entities.get(trx, entity_id);
		const said = { said_by: user.id, said_by_name: user.name, said_at: new Date().toISOString() };
		await trx
			.insertInto('readiness')
			.values({ ...answer, ...said })
			.onConflict((c) => c.columns(['meeting_id', 'entity_id']).doUpdateSet(said))
			.execute();
		await audit.record(trx, audit.actorOf(user), {
			act: 'say_ready',
			object: `answer ${entity_id} to ${meeting_id}`,
			...answer
		});
		await tell(trx, user, { round, entity_id, origin });
	});
}

/** Who said last that the answer can go out. */
export function of(db: Reader, { meeting_id, entity_id }: Answer) {
	return db
		.selectFrom('readiness')
		.select(['said_by_name', 'said_at'])
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.executeTakeFirst();
}

/** What was said is over once the answer has gone out. */
export async function forget(trx: Db, { meeting_id, entity_id }: Answer) {
	await trx
		.deleteFrom('readiness')
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.execute();
}

type About = { round: rounds.Round; entity_id: string; origin: string | null };

/** Tells those who submit for an entity that a colleague thinks the answer can go out. Once a day is enough. */
async function tell(trx: Db, user: User, { round, entity_id, origin }: About) {
	const page = address('/report', { entity: entity_id });
	const where = origin
		? `Read it through and submit it here: ${origin}${page}`
		: 'Read it through on the page Report, and submit it.';
	const today = new Date().toISOString().slice(0, 10);
	for (const { id, email, role } of await users.contacts(trx, entity_id))
		if (role === 'national_coordinator' && id !== user.id) {
			const grants = [{ role, entity_id, element_id: null }];
			const due = inBoth(round.due_at, round.time_zone, await ownZone(trx, { id, grants }));
			await outbox.post(trx, {
				to: email,
				user_id: id,
				kind: 'ready',
				subject: `Ready to be submitted: ${round.title}`,
				text: `${user.name} says that the answer for ${round.title} is ready. It is due on ${due}.\n\n${where}`,
				once: `ready ${round.id} ${entity_id} ${id} ${today}`
			});
		}
}
