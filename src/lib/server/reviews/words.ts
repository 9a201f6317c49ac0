import { isOneOf } from '#db/dialect.ts';
import type { Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { Word } from '#lib/domain/review.ts';

/** What reviewers said of some updates, oldest first, without their notes. */
export async function of(
	db: Reader,
	update_ids: readonly string[]
): Promise<(Word & { update_id: string })[]> {
	if (update_ids.length === 0) return [];
	return allOf(db, { ids: JSON.stringify(update_ids) });
}

/** The same with notes and names: for the two sides only, the reviewers and the entity's own people. */
export async function betweenTheTwo(db: Reader, update_ids: readonly string[]) {
	if (update_ids.length === 0) return [];
	return reviewsOf(db, JSON.stringify(update_ids))
		.leftJoin('user as by', 'by.id', 'r.reviewed_by')
		.leftJoin('user as agreed', 'agreed.id', 'a.agreed_by')
		.select(['r.note', 'by.name as reviewer', 'agreed.name as agreed_by'])
		.execute();
}

export type Exchange = Awaited<ReturnType<typeof betweenTheTwo>>[number];

/** `ids` is a JSON array of updates. */
const reviewsOf = (db: Reader, ids: string) =>
	db
		.selectFrom('review as r')
		.leftJoin('review_agreement as a', (join) =>
			join.onRef('a.update_id', '=', 'r.update_id').onRef('a.recorded_at', '=', 'r.recorded_at')
		)
		.select(['r.update_id', 'r.verdict', 'r.recorded_at', 'r.stage', 'r.timing', 'a.agreed_at'])
		.where(isOneOf(db, 'r.update_id', ids))
		.orderBy('r.recorded_at');

const allOf = prepared((db, { ids }: { ids: string }) => reviewsOf(db, ids));
