import type { Reader } from '#db/open.server.ts';
import { isFresh } from '#lib/domain/freshness.ts';
import { byName } from '#lib/domain/text.ts';
import { withNothing } from '../entities.ts';
import * as progress from '../progress.ts';

/** Entities with something written for a round and not sent: a whole answer, or a part of one. */
export async function drafts(db: Reader, meeting_id: string) {
	const rows = await db
		.selectFrom('entity as e')
		.select(['e.id', 'e.name'])
		.where((eb) =>
			eb.or([
				eb.exists(
					eb
						.selectFrom('submission as s')
						.select('s.entity_id')
						.whereRef('s.entity_id', '=', 'e.id')
						.where('s.meeting_id', '=', meeting_id)
						.where('s.state', '=', 'draft')
				),
				eb.exists(
					eb
						.selectFrom('draft as d')
						.select('d.id')
						.whereRef('d.entity_id', '=', 'e.id')
						.where('d.meeting_id', '=', meeting_id)
						.where('d.update_id', 'is', null)
						.where('d.version', '>', 0)
				)
			])
		)
		.execute();
	return rows.sort(byName);
}

/** What is to be seen before a meeting is frozen: who has not answered, what nobody has reviewed, what is still open. */
export async function outlook(db: Reader, meeting_id: string, plan_id: string) {
	const asked = await progress.byEntity(db, { scope_id: 'all', meeting_id });
	const entities = await db.selectFrom('entity').select(['id', 'name', 'kind']).execute();
	const answered = await withNothing(db, meeting_id);
	const silent = entities.filter(({ id }) => {
		const tally = asked.get(id);
		if (answered.has(id)) return false;
		return tally !== undefined && tally.expected > 0 && tally.reported + tally.confirmed === 0;
	});
	return {
		total: (await progress.byElement(db, { plan_id, meeting_id })).total,
		silent: silent.sort(byName).map((one) => ({ ...one, expected: asked.get(one.id)!.expected })),
		drafts: await drafts(db, meeting_id),
		returned: await returned(db, meeting_id),
		unreviewed: await unreviewed(db, meeting_id)
	};
}

/** Entities whose answer went back to them: it does not count as it is. */
async function returned(db: Reader, meeting_id: string) {
	const rows = await db
		.selectFrom('submission as s')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.select(['e.id', 'e.name'])
		.where('s.meeting_id', '=', meeting_id)
		.where('s.state', '=', 'returned')
		.execute();
	return rows.sort(byName);
}

/** Entities with something said for the meeting that no reviewer has looked at, and how much. */
async function unreviewed(db: Reader, meeting_id: string) {
	const rows = await db
		.selectFrom('standing as s')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.leftJoin('review as r', 'r.update_id', 's.update_id')
		.select(['e.id', 'e.name', 's.freshness', 's.update_id'])
		.where('s.basis', '=', 'known')
		.where('s.meeting_id', '=', meeting_id)
		.where('r.update_id', 'is', null)
		.execute();
	const of = Map.groupBy(
		rows.filter(({ freshness }) => isFresh(freshness)),
		({ id }) => id
	);
	return [...of.values()].map((said) => ({ ...said[0]!, updates: said.length })).sort(byName);
}
