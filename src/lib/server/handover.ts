import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import type { User } from '#lib/domain/access.ts';
import { clean, words } from '#lib/domain/clean.ts';
import { BadInput } from '#lib/domain/errors.ts';
import type { Reported } from '#lib/domain/handover.ts';
import { byName } from '#lib/domain/text.ts';
import * as audit from './audit.ts';
import { missing, openRounds } from './mail/missing.ts';
import { stateOf, tasks } from './submissions/tasks.ts';

export type Note = Awaited<ReturnType<typeof note>>;

type Entity = { id: string; name: string };

/** What whoever follows has to know of an entity's work: what was reported last, what was promised, what is due, and words. */
export async function note(db: Reader, { id, name }: Entity, user: { id: string }) {
	const kept = await db
		.selectFrom('parting_word')
		.select('text')
		.where('user_id', '=', user.id)
		.where('entity_id', '=', id)
		.executeTakeFirst();
	return {
		id,
		name,
		reported: await lastReported(db, id),
		due: await due(db, id),
		words: kept?.text ?? ''
	};
}

/** Keeps what somebody says to whoever follows them at an entity of theirs; an empty text takes it back. */
export function say(db: Db, user: User, entity_id: string, given: string) {
	return transactAside(db, async (trx) => {
		const text = clean(given);
		if (text.length > longest) throw new BadInput('Keep your words under 5,000 characters.');
		const key = { user_id: user.id, entity_id };
		const said = { text, written_at: new Date().toISOString() };
		await trx
			.insertInto('parting_word')
			.values({ ...key, ...said })
			.onConflict((c) => c.columns(['user_id', 'entity_id']).doUpdateSet(said))
			.execute();
		// That there are words, and how many: they are for the entity's own people, and the trail has other readers.
		await audit.record(trx, audit.actorOf(user), {
			act: 'part',
			object: `entity ${entity_id}`,
			entity_id,
			after: { words: words(text) }
		});
	});
}

const longest = 5000;

/** What others have left to whoever follows at these entities, newest first. */
export function said(db: Reader, entity_ids: readonly string[], { id }: { id: string }) {
	return db
		.selectFrom('parting_word as w')
		.innerJoin('user as u', 'u.id', 'w.user_id')
		.innerJoin('entity as e', 'e.id', 'w.entity_id')
		.select(['u.name as by', 'e.name as entity', 'w.entity_id', 'w.text', 'w.written_at'])
		.where('w.entity_id', 'in', entity_ids.length > 0 ? [...entity_ids] : [''])
		.where('w.user_id', '<>', id)
		.where('w.text', '<>', '')
		.orderBy('w.written_at', 'desc')
		.execute();
}

async function due(db: Reader, entity_id: string) {
	const found = [];
	for (const round of await openRounds(db)) {
		const lacking = (await missing(db, round.meeting_id)).get(entity_id);
		const { returned, initiatives } = lacking ?? {
			returned: false,
			initiatives: await left(db, round, entity_id)
		};
		if (lacking || initiatives.length > 0) found.push({ ...round, returned, initiatives });
	}
	return found;
}

/** Of an answer that went out in part: what was left out of it, and what was written since. Nobody is reminded of it any more. */
async function left(db: Reader, { meeting_id }: { meeting_id: string }, entity_id: string) {
	const { state, submission } = await stateOf(db, { meeting_id, entity_id });
	if ((state !== 'submitted' && state !== 'accepted') || submission?.reason) return [];
	return (await tasks(db, { meeting_id, entity_id, side: 'member' }))
		.filter((task) => task.state !== 'done')
		.map(({ initiative_id: id, title }) => ({ id, title }));
}

/** Of each initiative what was last reported for this entity, by name. */
async function lastReported(db: Reader, entity_id: string): Promise<Reported[]> {
	const rows = await db
		.selectFrom('standing as s')
		.innerJoin('status_update as u', 'u.id', 's.update_id')
		.innerJoin('initiative as i', 'i.id', 's.initiative_id')
		.innerJoin('meeting as m', 'm.id', 's.meeting_id')
		.select([
			'i.id',
			'i.title',
			'm.title as meeting',
			'm.series',
			'm.number',
			'm.due_on',
			'u.stage',
			'u.next_steps',
			'u.support_needed'
		])
		.where('s.basis', '=', 'known')
		.where('s.entity_id', '=', entity_id)
		.where('s.freshness', 'in', ['reported', 'confirmed'])
		.where('m.due_on', 'is not', null)
		.orderBy('m.due_on')
		.orderBy('m.id')
		.execute();
	const newest = new Map<string, Reported>();
	for (const { series, number, ...row } of rows) {
		const meeting = meetingName({ title: row.meeting, series, number });
		newest.set(row.id, { ...row, meeting });
	}
	const named = (row: Reported) => ({ name: row.title });
	return [...newest.values()].sort((a, b) => byName(named(a), named(b)));
}
