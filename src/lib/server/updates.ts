import type { Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { StatusUpdateTable } from '#db/schema.ts';
import { published } from '#lib/domain/review.ts';
import * as words from './reviews/words.ts';

export { before, record } from './updates/record.ts';

export type Update = Awaited<ReturnType<typeof list>>[number];

/** What has been said, drafts left out: nobody but the author reads those. */
const updatesOf = (db: Reader) =>
	db
		.selectFrom('status_update as u')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.selectAll('u')
		.select(['s.channel', 's.state'])
		.where((eb) => eb.or([eb('s.state', 'is', null), eb('s.state', '<>', 'draft')]));

export type UpdateFilters = { initiative_id?: string; meeting_id?: string; entity_id?: string };

/** Status updates in order of id, from the one after `after`. */
export async function list(
	db: Reader,
	{ after, limit = 100, ...of }: UpdateFilters & { after?: string; limit?: number } = {}
) {
	let rows = updatesOf(db).orderBy('u.id').limit(limit);
	if (of.initiative_id !== undefined) rows = rows.where('u.initiative_id', '=', of.initiative_id);
	if (of.meeting_id !== undefined) rows = rows.where('u.meeting_id', '=', of.meeting_id);
	if (of.entity_id !== undefined) {
		rows = rows.where('u.entity_id', '=', of.entity_id);
		// Updates are found by meeting and entity: without this, an entity that said little would cost a look at every update.
		if (of.meeting_id === undefined)
			rows = rows.where('u.meeting_id', 'in', db.selectFrom('meeting').select('id'));
	}
	if (after !== undefined) rows = rows.where('u.id', '>', after);
	return withReviews(db, await rows.execute());
}

/** A status update that was recorded a moment ago, as `list` gives it: nobody has reviewed it yet. */
export async function justRecorded(db: Reader, row: StatusUpdateTable): Promise<Update> {
	const [answer] = await answerOf(db, row);
	return { ...row, channel: answer?.channel ?? null, state: answer?.state ?? null, reviews: [] };
}

const answerOf = prepared(
	(db, { meeting_id, entity_id }: Pick<StatusUpdateTable, 'meeting_id' | 'entity_id'>) =>
		db
			.selectFrom('submission')
			.select(['channel', 'state'])
			.where('meeting_id', '=', meeting_id)
			.where('entity_id', '=', entity_id)
);

/** Everything said of an initiative: the newest meeting first, and for one meeting the newest word first. */
export async function ofInitiative(db: Reader, initiative_id: string) {
	const rows = await updatesOf(db)
		.innerJoin('meeting as m', 'm.id', 'u.meeting_id')
		.innerJoin('entity as e', 'e.id', 'u.entity_id')
		.select(['m.title as meeting', 'm.starts_on', 'm.due_on', 'e.name as entity'])
		.where('u.initiative_id', '=', initiative_id)
		.orderBy((eb) => eb.fn.coalesce('m.due_on', 'm.starts_on'), 'desc')
		.orderBy('u.recorded_at', 'desc')
		.orderBy('u.id')
		.execute();
	return withReviews(db, rows);
}

/** Adds what everybody may know of each update's review. Notes, queries and views not agreed stay between the two sides. */
async function withReviews<Row extends { id: string }>(db: Reader, rows: Row[]) {
	const said = await words.of(
		db,
		rows.map(({ id }) => id)
	);
	const of = Map.groupBy(said, ({ update_id }) => update_id);
	return rows.map((row) => ({ ...row, reviews: published(of.get(row.id) ?? []) }));
}

/** When anything last changed, and the number of that change: what "live at …" on a chart says. */
export function lastChange(db: Reader) {
	return db.selectFrom('revision').select(['number', 'changed_at']).executeTakeFirstOrThrow();
}
