import { randomUUID } from 'node:crypto';
import { transact, type Db, type Reader } from '#db/open.server.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import * as audit from '../audit.ts';
import * as rounds from '../rounds.ts';
import { recount } from '../standings.ts';
import { inRound, type Asked } from './asked.ts';

/** What was decided by hand for a round: what was added and what was taken out, newest first, each with its reason. */
export function changes(db: Reader, meeting_id: string, entity_id?: string) {
	return db
		.selectFrom('expectation_change as c')
		.innerJoin('initiative as i', 'i.id', 'c.initiative_id')
		.innerJoin('entity as e', 'e.id', 'c.entity_id')
		.select(['c.id', 'c.initiative_id', 'i.title', 'c.entity_id', 'e.name as entity', 'c.kind'])
		.select(['c.reason', 'c.decided_by', 'c.decided_at'])
		.where('c.meeting_id', '=', meeting_id)
		.$if(entity_id !== undefined, (q) => q.where('c.entity_id', '=', entity_id!))
		.orderBy('c.decided_at', 'desc')
		.orderBy('c.id')
		.execute();
}

type Change = Asked & { meeting_id: string; reason: string };

/** No longer asks an entity for an initiative in a round. What it was stays visible, with the reason. */
export function takeOut(db: Db, actor: audit.Actor, change: Change) {
	return decide(db, actor, 'taken_out', change, async (trx, asked) => {
		if (!asked) throw new BadInput('That is not asked for in this round, so there is nothing to take out.');
		await trx
			.deleteFrom('expectation')
			.where('meeting_id', '=', change.meeting_id)
			.where('initiative_id', '=', change.initiative_id)
			.where('entity_id', '=', change.entity_id)
			.execute();
	});
}

/** Asks an entity for an initiative in a round that the rule would not ask it for. */
export function add(db: Db, actor: audit.Actor, change: Change) {
	return decide(db, actor, 'added', change, async (trx, asked) => {
		if (asked) throw new BadInput('That is asked for in this round already.');
		const { meeting_id, initiative_id, entity_id, reason } = change;
		await trx.insertInto('expectation').values({ meeting_id, initiative_id, entity_id, reason }).execute();
	});
}

function decide(
	db: Db,
	actor: audit.Actor,
	kind: 'added' | 'taken_out',
	change: Change,
	act: (trx: Db, asked: boolean) => Promise<void>
) {
	return transact(db, async (trx) => {
		const { meeting_id, initiative_id, entity_id } = change;
		const reason = change.reason.trim();
		if (reason === '') throw new BadInput('Give a reason: it is shown wherever this counts.');
		await rounds.taking(trx, meeting_id);
		await exists(trx, change);
		const asked = await list(trx, meeting_id);
		await act(
			trx,
			asked.some((one) => one.initiative_id === initiative_id && one.entity_id === entity_id)
		);
		await trx
			.insertInto('expectation_change')
			.values({
				id: randomUUID(),
				meeting_id,
				initiative_id,
				entity_id,
				kind,
				reason,
				decided_by: actor.name,
				decided_at: new Date().toISOString()
			})
			.execute();
		await recount(trx, initiative_id);
		await audit.record(trx, actor, {
			act: kind === 'added' ? 'expect' : 'take_out',
			object: `initiative ${initiative_id}`,
			meeting_id,
			initiative_id,
			entity_id,
			after: { reason }
		});
	});
}

/** Makes sure that a round's expectations are listed by hand: as they are by the rule until now. Says what they are. */
export async function list(trx: Db, meeting_id: string): Promise<Asked[]> {
	const listed = await trx
		.selectFrom('expectation')
		.select(['initiative_id', 'entity_id'])
		.where('meeting_id', '=', meeting_id)
		.execute();
	if (listed.length > 0) return listed;
	const asked = await inRound(trx, meeting_id);
	for (let at = 0; at < asked.length; at += 500)
		await trx
			.insertInto('expectation')
			.values(asked.slice(at, at + 500).map((one) => ({ meeting_id, ...one, reason: null })))
			.execute();
	return asked;
}

/** Are a round's expectations listed by hand? */
export async function isListed(db: Reader, meeting_id: string) {
	const row = db.selectFrom('expectation').select('meeting_id').where('meeting_id', '=', meeting_id).limit(1);
	return (await row.executeTakeFirst()) !== undefined;
}

async function exists(db: Reader, { initiative_id, entity_id }: Asked) {
	for (const [table, id, what] of [
		['initiative', initiative_id, 'initiative'],
		['entity', entity_id, 'Member or body']
	] as const)
		if (!(await db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst()))
			throw new NotFound(`There is no ${what} "${id}".`);
}
