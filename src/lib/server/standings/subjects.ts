import { sql } from 'kysely';
import { bytewise } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import type { Subject } from '#lib/domain/standing.ts';

const batchSize = 100;

/** Every initiative with what its standings depend on, some hundred at a time, so that a million updates are never held at once. */
export async function* all(db: Reader): AsyncGenerator<Subject[]> {
	let last = '';
	while (true) {
		const initiatives = await db
			.selectFrom('initiative')
			.select(['id', 'starts_on'])
			.where(sql<boolean>`${bytewise(db, 'id')} > ${last}`)
			.orderBy(bytewise(db, 'id'))
			.limit(batchSize)
			.execute();
		if (initiatives.length === 0) return;
		yield withParts(db, initiatives);
		last = initiatives.at(-1)!.id;
	}
}

/** One initiative. */
export async function one(db: Reader, initiative_id: string): Promise<Subject> {
	const initiative = await db
		.selectFrom('initiative')
		.select(['id', 'starts_on'])
		.where('id', '=', initiative_id)
		.executeTakeFirstOrThrow();
	const [subject] = await withParts(db, [initiative]);
	return subject!;
}

async function withParts(
	db: Reader,
	initiatives: { id: string; starts_on: string | null }[]
): Promise<Subject[]> {
	const ids = initiatives.map(({ id }) => id);
	const subjects = new Map<string, Subject>(
		initiatives.map((initiative) => [
			initiative.id,
			{ ...initiative, entities: [], updates: [], expected: [] }
		])
	);
	const entities = await db
		.selectFrom('initiative_entity')
		.select(['initiative_id', 'entity_id as id', 'role'])
		.where('initiative_id', 'in', ids)
		.orderBy('initiative_id')
		.orderBy('entity_id')
		.execute();
	for (const { initiative_id, ...entity } of entities) subjects.get(initiative_id)!.entities.push(entity);

	const updates = await db
		.selectFrom('status_update')
		.select(['id', 'initiative_id', 'meeting_id', 'entity_id', 'stage', 'timing', 'change', 'recorded_at'])
		.where('initiative_id', 'in', ids)
		.execute();
	const reviews = Map.groupBy(await reviewsOf(db, ids), ({ update_id }) => update_id);
	for (const { initiative_id, ...update } of updates) {
		subjects.get(initiative_id)!.updates.push({ ...update, reviews: reviews.get(update.id) ?? [] });
	}

	const expected = await db
		.selectFrom('expectation')
		.select(['initiative_id', 'meeting_id', 'entity_id'])
		.where('initiative_id', 'in', ids)
		.execute();
	for (const { initiative_id, ...asked } of expected) subjects.get(initiative_id)!.expected.push(asked);
	return [...subjects.values()];
}

function reviewsOf(db: Reader, initiative_ids: string[]) {
	return db
		.selectFrom('review as r')
		.innerJoin('status_update as u', 'u.id', 'r.update_id')
		.select(['r.update_id', 'r.verdict', 'r.recorded_at'])
		.where('u.initiative_id', 'in', initiative_ids)
		.execute();
}
