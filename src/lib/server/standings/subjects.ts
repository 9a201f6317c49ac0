import { sql } from 'kysely';
import { bytewise, isOneOf } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { Subject, Update } from '#lib/domain/standing.ts';

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

	const updates = await updatesOf(db, { ids });
	const reviews = await reviewsOf(db, updates);
	for (const { initiative_id, ...update } of updates)
		subjects.get(initiative_id)!.updates.push({ ...update, reviews: reviews.get(update.id) ?? [] });

	for (const { initiative_id, ...asked } of await expectedOf(db, { ids }))
		subjects.get(initiative_id)!.expected.push(asked);
	return [...subjects.values()];
}

/** Of initiatives or of updates, as a JSON array. */
type Ids = { ids: string };

const entitiesOf = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('initiative_entity')
		.select(['initiative_id', 'entity_id as id', 'role'])
		.where(isOneOf(db, 'initiative_id', ids))
		.orderBy('initiative_id')
		.orderBy('entity_id')
);
/**
 * What an entity said last for a meeting, now and at each freeze whose figures are worked out: whatever it said before that and
 * put right speaks nowhere, and would be read again at every report.
 */
const updatesOf = prepared((db, { ids }: Ids) => {
	const key = ['u.initiative_id', 'u.meeting_id', 'u.entity_id'] as const;
	return db
		.with('last', () =>
			db
				.selectFrom('status_update as u')
				.select(key)
				.select((eb) => eb.fn.max('u.recorded_at').as('recorded_at'))
				.where(isOneOf(db, 'u.initiative_id', ids))
				.groupBy(key)
				.union(
					db
						.selectFrom('freeze as f')
						.innerJoin('status_update as u', (join) => join.onRef('u.recorded_at', '<=', 'f.frozen_at'))
						.select(key)
						.select((eb) => eb.fn.max('u.recorded_at').as('recorded_at'))
						.where('f.snapshot', 'is', null)
						.where(isOneOf(db, 'u.initiative_id', ids))
						.groupBy(['f.meeting_id', ...key])
				)
		)
		.selectFrom('last as l')
		.innerJoin('status_update as u', (join) =>
			join
				.onRef('u.initiative_id', '=', 'l.initiative_id')
				.onRef('u.meeting_id', '=', 'l.meeting_id')
				.onRef('u.entity_id', '=', 'l.entity_id')
				.onRef('u.recorded_at', '=', 'l.recorded_at')
		)
		.select(['u.id', 'u.initiative_id', 'u.meeting_id', 'u.entity_id'])
		.select(['u.stage', 'u.timing', 'u.change', 'u.recorded_at']);
});

/** Only of what is implemented does it matter to a standing what reviewers say. */
async function reviewsOf(db: Reader, updates: readonly Pick<Update, 'id' | 'stage'>[]) {
	const ids = updates.filter(({ stage }) => stage === 'implemented').map(({ id }) => id);
	const rows = ids.length === 0 ? [] : await verdictsOn(db, { ids: JSON.stringify(ids) });
	return Map.groupBy(rows, ({ update_id }) => update_id);
}

const verdictsOn = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('review')
		.select(['update_id', 'verdict', 'recorded_at'])
		.where(isOneOf(db, 'update_id', ids))
);
const expectedOf = prepared((db, { ids }: Ids) =>
	db
		.selectFrom('expectation')
		.select(['initiative_id', 'meeting_id', 'entity_id'])
		.where(isOneOf(db, 'initiative_id', ids))
);
