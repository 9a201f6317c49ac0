import type { Reader } from '#db/open.server.ts';
import { initiative as initiativeOf, type Stood } from '#lib/charts/initiative.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { isFresh, type Freshness } from '#lib/domain/freshness.ts';
import * as initiatives from '../initiatives.ts';
import { basisHere } from '../progress.ts';
import type { Asked } from './asked.ts';

/** One initiative up to the meeting asked for, as each that reports on it said. */
export async function initiative(db: Reader, { params, rounds, meeting, basis, setting }: Asked) {
	if (!params.initiative)
		throw new BadInput('Say which initiative: add initiative= with its id, for example initiative=i001.');
	const work = await initiatives.get(db, params.initiative);
	const upto = rounds.slice(0, rounds.indexOf(rounds.find(({ id }) => id === meeting.id)!) + 1);
	const frozen = new Set(upto.filter((round) => basisHere(round, basis) === 'presented').map(({ id }) => id));
	const known = (await initiatives.history(db, work.id)).filter((row) => !frozen.has(row.meeting_id));
	const presented =
		frozen.size === 0
			? []
			: (await initiatives.history(db, work.id, 'presented')).filter((row) => frozen.has(row.meeting_id));
	const rows = [...known, ...presented];
	const reporters = new Map(rows.map(({ entity_id, entity }) => [entity_id, entity]));
	const tracks = [...reporters].map(([id, name]) => ({
		id,
		name,
		href: `/members/${encodeURIComponent(id)}`,
		stood: upto.flatMap((meeting): Stood[] =>
			rows
				.filter((row) => row.entity_id === id && row.meeting_id === meeting.id)
				.map(({ freshness, stage, timing }) => ({ meeting, freshness, stage, timing }))
		)
	}));
	const today = new Date().toISOString().slice(0, 10);
	// Nothing is overdue yet at a meeting to come; what is frozen is told as of its meeting, whenever it is read.
	const asOf = meeting.frozen_at === null && today < meeting.starts_on ? today : meeting.starts_on;
	return initiativeOf(work, tracks, asOf, {
		...setting,
		demonstration: work.certainty === 'demonstration' || (await anyMadeUp(db, rows)),
		sources: [
			{ label: 'status updates', href: `/initiatives/${encodeURIComponent(work.id)}` },
			...(work.source_url ? [{ label: 'public record', href: work.source_url }] : [])
		]
	});
}

/** Did one of the reports drawn here come as a demonstration? What is only carried forward came earlier. */
async function anyMadeUp(
	db: Reader,
	rows: readonly { meeting_id: string; entity_id: string; freshness: Freshness }[]
) {
	const said = rows.filter(({ freshness }) => isFresh(freshness));
	const entities = [...new Set(said.map(({ entity_id }) => entity_id))];
	if (entities.length === 0) return false;
	const found = await db
		.selectFrom('submission')
		.select(['meeting_id', 'entity_id'])
		.where('channel', '=', 'demonstration')
		.where('entity_id', 'in', entities)
		.execute();
	return said.some((row) =>
		found.some((one) => one.meeting_id === row.meeting_id && one.entity_id === row.entity_id)
	);
}
