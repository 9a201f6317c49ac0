import { sql } from 'kysely';
import { bytewise, isOneOf } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
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
	const [subject] = await withParts(db, await initiativeOf(db, { initiative_id }));
	if (!subject) throw new Error(`There is no initiative "${initiative_id}".`);
	return subject;
}

const initiativeOf = prepared((db, { initiative_id }: { initiative_id: string }) =>
	db.selectFrom('initiative').select(['id', 'starts_on']).where('id', '=', initiative_id)
);

async function withParts(
	db: Reader,
	initiatives: { id: string; starts_on: string | null }[]
): Promise<Subject[]> {
	const ids = JSON.stringify(initiatives.map(({ id }) => id));
	const subjects = new Map<string, Subject>(
		initiatives.map((initiative) => [
			initiative.id,
			{ ...initiative, entities: [], updates: [], expected: [] }
		])
	);
	for (const { initiative_id, ...entity } of await entitiesOf(db, { ids }))
		subjects.get(initiative_id)!.entities.push(entity);

	const reviews = Map.groupBy(await reviewsOf(db, { ids }), ({ update_id }) => update_id);
	for (const { initiative_id, ...update } of await updatesOf(db, { ids }))
		subjects.get(initiative_id)!.updates.push({ ...update, reviews: reviews.get(update.id) ?? [] });

	for (const { initiative_id, ...asked } of await expectedOf(db, { ids }))
		subjects.get(initiative_id)!.expected.push(asked);
	return [...subjects.values()];
}

/** Initiatives, as a JSON array. */
type Ids = { ids: string };

const entitiesOf = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('initiative_entity')
		.select(['initiative_id', 'entity_id as id', 'role'])
		.where(isOneOf(db, 'initiative_id', ids))
		.orderBy('initiative_id')
		.orderBy('entity_id')
);
const updatesOf = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('status_update')
		.select(['id', 'initiative_id', 'meeting_id', 'entity_id', 'stage', 'timing', 'change', 'recorded_at'])
		.where(isOneOf(db, 'initiative_id', ids))
);
const reviewsOf = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('review as r')
		.innerJoin('status_update as u', 'u.id', 'r.update_id')
		.select(['r.update_id', 'r.verdict', 'r.recorded_at'])
		.where(isOneOf(db, 'u.initiative_id', ids))
);
const expectedOf = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('expectation')
		.select(['initiative_id', 'meeting_id', 'entity_id'])
		.where(isOneOf(db, 'initiative_id', ids))
);
