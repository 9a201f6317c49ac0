import { randomUUID } from 'node:crypto';
import { transact, type Db, type Reader } from '#db/open.server.ts';
import { adding, prepared } from '#db/prepared.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { report as schema, type Report, type ReportInput } from '#lib/domain/schemas/report.ts';
import * as audit from '../audit.ts';
import * as rounds from '../rounds.ts';
import { recount } from '../standings.ts';

type Place = { meeting_id: string; initiative_id: string; entity_id: string };

/**
 * Records what an entity says of an initiative for a meeting: the one way in, from a form, a program or a spreadsheet. Nothing
 * is overwritten; what was said before for the same meeting is superseded. Whether this person may, the caller has asked;
 * `addendum` says that they may even after the freeze.
 */
export function record(
	db: Db,
	actor: audit.Actor,
	given: ReportInput,
	{ addendum = false }: { addendum?: boolean } = {}
) {
	return transact(db, async (trx) => {
		const report = valid(given);
		if (!(addendum && (await rounds.isFrozen(trx, report.meeting_id))))
			await rounds.taking(trx, report.meeting_id);
		await concerns(trx, report);
		const row = await completed(trx, report);
		await add(trx, row);
		await recount(trx, row.initiative_id);
		const { id, meeting_id, initiative_id, entity_id, recorded_at: _, ...after } = row;
		await audit.record(trx, actor, {
			act: addendum ? 'record_addendum' : 'record',
			object: `status update ${id}`,
			meeting_id,
			initiative_id,
			entity_id,
			after
		});
		return row;
	});
}

const add = adding('status_update', [
	'id',
	'initiative_id',
	'meeting_id',
	'entity_id',
	'stage',
	'timing',
	'reason_code',
	'change',
	'progress_note',
	'next_steps',
	'support_needed',
	'as_of',
	'recorded_at',
	'supersedes_id',
	'source_url'
]);

function valid(given: ReportInput): Report {
	const result = schema.safeParse(given);
	if (result.success) return result.data;
	throw new BadInput(result.error.issues.map(({ message }) => message).join(' '));
}

/** Only who is asked for it, or takes part in it, reports on it. To anybody else it is as if it were not there. */
async function concerns(db: Reader, report: Report) {
	const asked = await part(db, report);
	if (asked.length === 0)
		throw new NotFound(`There is no initiative "${report.initiative_id}" to report on here.`);
}

const part = prepared((db, { meeting_id, initiative_id, entity_id }: Place) =>
	db
		.selectFrom('standing')
		.select('entity_id')
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.unionAll(
			db
				.selectFrom('initiative_entity')
				.select('entity_id')
				.where('initiative_id', '=', initiative_id)
				.where('entity_id', '=', entity_id)
		)
);

const newest = prepared((db, { meeting_id, initiative_id, entity_id }: Place) =>
	db
		.selectFrom('status_update')
		.select(['id', 'recorded_at'])
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.orderBy('recorded_at', 'desc')
		.orderBy('id', 'desc')
		.limit(1)
);

async function completed(db: Reader, report: Report) {
	const [before] = await newest(db, report);
	// Two reports of one instant would leave it to chance which one speaks.
	const at = Math.max(Date.now(), before ? Date.parse(before.recorded_at) + 1 : 0);
	return {
		...report,
		...(await stands(db, report)),
		id: randomUUID(),
		recorded_at: new Date(at).toISOString(),
		supersedes_id: before?.id ?? null
	};
}

/** Where nothing has changed, what was said last still holds. */
async function stands(db: Reader, { change, stage, timing, reason_code, ...place }: Report) {
	if (change !== 'no_change')
		return { stage: stage!, timing: timing ?? null, reason_code: reason_code ?? null };
	const last = await before(db, place);
	if (!last)
		throw new BadInput(
			'Nothing was reported on this before, so it can not be unchanged. Say where the work stands.'
		);
	const differs = (stage && stage !== last.stage) || (timing && timing !== last.timing);
	if (differs)
		throw new BadInput(
			'You say that nothing has changed, and the stage or timing is another than last time.'
		);
	return { stage: last.stage, timing: last.timing, reason_code: last.reason_code };
}

/** What an entity said last of an initiative, for a meeting before this one. */
export function before(db: Reader, { meeting_id, initiative_id, entity_id }: Place) {
	return said(db, entity_id)
		.where('u.initiative_id', '=', initiative_id)
		.where((eb) => {
			const day = eb.fn.coalesce('m.due_on', 'm.starts_on');
			const here = eb
				.selectFrom('meeting as here')
				.select((e) => e.fn.coalesce('here.due_on', 'here.starts_on').as('day'))
				.where('here.id', '=', meeting_id);
			return eb(day, '<', here);
		})
		.executeTakeFirst();
}

/** What an entity has said, the newest meeting and word first; of answers that are being written or corrected nothing. */
export function said(db: Reader, entity_id: string) {
	return db
		.selectFrom('status_update as u')
		.innerJoin('meeting as m', 'm.id', 'u.meeting_id')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.selectAll('u')
		.select(['m.title as meeting', 'm.series', 'm.number', 'm.starts_on', 'm.due_on', 's.channel'])
		.where('u.entity_id', '=', entity_id)
		.where((eb) => eb.or([eb('s.state', 'is', null), eb('s.state', 'not in', ['draft', 'returned'])]))
		.orderBy((eb) => eb.fn.coalesce('m.due_on', 'm.starts_on'), 'desc')
		.orderBy('u.recorded_at', 'desc')
		.orderBy('u.id', 'desc');
}
