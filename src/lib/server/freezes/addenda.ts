import type { Reader } from '#db/open.server.ts';
import * as snapshots from '../snapshots.ts';

export type Addendum = Awaited<ReturnType<typeof addenda>>['rows'][number];

/** As many as a page shows. */
const most = 200;

/**
 * What was said for a frozen meeting and was not there when it was frozen: late reports and corrections, newest first, with
 * what had been presented. None for a meeting that is not frozen.
 */
export async function addenda(db: Reader, meeting_id: string) {
	const freeze = await db
		.selectFrom('freeze')
		.select('frozen_at')
		.where('meeting_id', '=', meeting_id)
		.executeTakeFirst();
	if (!freeze) return { total: 0, rows: [] };
	const then = await snapshots.reading(db, meeting_id, 'presented');
	const late =
		then === db ? await since(db, meeting_id, freeze.frozen_at) : await unheard(db, then, meeting_id);
	const ids = late.slice(0, most).map(({ id }) => id);
	if (ids.length === 0) return { total: 0, rows: [] };
	const rows = await db
		.selectFrom('status_update as u')
		.innerJoin('initiative as i', 'i.id', 'u.initiative_id')
		.innerJoin('entity as e', 'e.id', 'u.entity_id')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.select(['u.id', 'u.initiative_id', 'i.title', 'u.entity_id', 'e.name as entity', 's.channel'])
		.select(['u.stage', 'u.timing', 'u.change', 'u.recorded_at'])
		.where('u.id', 'in', ids)
		.orderBy('u.recorded_at', 'desc')
		.orderBy('u.id')
		.execute();
	const stood = await then
		.selectFrom('standing')
		.select(['initiative_id', 'entity_id', 'freshness', 'stage'])
		.where('basis', '=', 'presented')
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', 'in', [...new Set(rows.map(({ initiative_id }) => initiative_id))])
		.execute();
	return {
		total: late.length,
		rows: rows.map((row) => {
			const found = stood.find(
				(one) => one.initiative_id === row.initiative_id && one.entity_id === row.entity_id
			);
			return { ...row, presented: found ? { freshness: found.freshness, stage: found.stage } : null };
		})
	};
}

/** Of a freeze without a snapshot only its moment is known. */
async function since(db: Reader, meeting_id: string, frozen_at: string) {
	const by = Date.parse(frozen_at);
	return (await said(db, meeting_id)).filter(({ recorded_at }) => Date.parse(recorded_at) > by);
}

/** A snapshot knows what it had, whatever moment a report claims to be of. */
async function unheard(db: Reader, then: Reader, meeting_id: string) {
	const heard = new Set((await said(then, meeting_id)).map(({ id }) => id));
	return (await said(db, meeting_id)).filter(({ id }) => !heard.has(id));
}

function said(db: Reader, meeting_id: string) {
	return db
		.selectFrom('status_update as u')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.select(['u.id', 'u.recorded_at'])
		.where('u.meeting_id', '=', meeting_id)
		.where((eb) => eb.or([eb('s.state', 'is', null), eb('s.state', '<>', 'draft')]))
		.orderBy('u.recorded_at', 'desc')
		.orderBy('u.id')
		.execute();
}
