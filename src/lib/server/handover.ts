import type { Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import type { Stage } from '#lib/domain/stage.ts';
import { byName } from '#lib/domain/text.ts';
import { missing, openRounds } from './mail/missing.ts';

export type Note = Awaited<ReturnType<typeof note>>;

/** What whoever follows has to know of an entity's work: what was reported last, what was promised, and what is due. */
export async function note(db: Reader, { id, name }: { id: string; name: string }) {
	return { id, name, reported: await lastReported(db, id), due: await due(db, id) };
}

async function due(db: Reader, entity_id: string) {
	const found = [];
	for (const round of await openRounds(db)) {
		const lacking = (await missing(db, round.meeting_id)).get(entity_id);
		if (lacking) found.push({ ...round, returned: lacking.returned, initiatives: lacking.initiatives });
	}
	return found;
}

type Reported = {
	id: string;
	title: string;
	meeting: string;
	stage: Stage;
	next_steps: string | null;
	support_needed: string | null;
};

/** Of each initiative what was last reported for this entity, by name. */
async function lastReported(db: Reader, entity_id: string): Promise<Reported[]> {
	const rows = await db
		.selectFrom('standing as s')
		.innerJoin('status_update as u', 'u.id', 's.update_id')
		.innerJoin('initiative as i', 'i.id', 's.initiative_id')
		.innerJoin('meeting as m', 'm.id', 's.meeting_id')
		.select([
			'i.id',
			'i.title',
			'm.title as meeting',
			'm.series',
			'm.number',
			'm.due_on',
			'u.stage',
			'u.next_steps',
			'u.support_needed'
		])
		.where('s.basis', '=', 'known')
		.where('s.entity_id', '=', entity_id)
		.where('s.freshness', 'in', ['reported', 'confirmed'])
		.where('m.due_on', 'is not', null)
		.orderBy('m.due_on')
		.orderBy('m.id')
		.execute();
	const newest = new Map<string, Reported>();
	for (const { series, number, ...row } of rows) {
		const meeting = meetingName({ title: row.meeting, series, number });
		newest.set(row.id, { ...row, meeting });
	}
	const named = (row: Reported) => ({ name: row.title });
	return [...newest.values()].sort((a, b) => byName(named(a), named(b)));
}
