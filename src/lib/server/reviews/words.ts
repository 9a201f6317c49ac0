import type { Reader } from '#db/open.server.ts';
import type { Word } from '#lib/domain/review.ts';

/** What reviewers said of some updates, oldest first, without their notes. */
export async function of(
	db: Reader,
	update_ids: readonly string[]
): Promise<(Word & { update_id: string })[]> {
	if (update_ids.length === 0) return [];
	return reviewsOf(db, update_ids).execute();
}

/** The same with notes and names: for the two sides only, the reviewers and the entity's own people. */
export async function betweenTheTwo(db: Reader, update_ids: readonly string[]) {
	if (update_ids.length === 0) return [];
	return reviewsOf(db, update_ids)
		.leftJoin('user as by', 'by.id', 'r.reviewed_by')
		.leftJoin('user as agreed', 'agreed.id', 'a.agreed_by')
		.select(['r.note', 'by.name as reviewer', 'agreed.name as agreed_by'])
		.execute();
}

export type Exchange = Awaited<ReturnType<typeof betweenTheTwo>>[number];

const reviewsOf = (db: Reader, update_ids: readonly string[]) =>
	db
		.selectFrom('review as r')
		.leftJoin('review_agreement as a', (join) =>
			join.onRef('a.update_id', '=', 'r.update_id').onRef('a.recorded_at', '=', 'r.recorded_at')
		)
		.select(['r.update_id', 'r.verdict', 'r.recorded_at', 'r.stage', 'r.timing', 'a.agreed_at'])
		.where('r.update_id', 'in', update_ids)
		.orderBy('r.recorded_at');
