import type { Reader } from '#db/open.server.ts';
import { newer } from '#lib/domain/standing.ts';
import type { SubmissionState } from '#lib/domain/words.ts';

export type Of = {
	ids?: readonly string[];
	meeting_id?: string | undefined;
	entity_id?: string | readonly string[] | undefined;
	element_id?: string | undefined;
	initiative_id?: string | undefined;
	states?: readonly SubmissionState[];
};

/**
 * The newest word on each initiative of each answer that was sent, given back or not, with what is asked before somebody may
 * review it: whose it is, under which elements it counts, whether its meeting is frozen.
 */
export async function spoken(
	db: Reader,
	{ ids, meeting_id, entity_id, element_id, initiative_id, states }: Of
) {
	let rows = db
		.selectFrom('status_update as u')
		.innerJoin('initiative as i', 'i.id', 'u.initiative_id')
		.innerJoin('entity as e', 'e.id', 'u.entity_id')
		.innerJoin('meeting as m', 'm.id', 'u.meeting_id')
		.leftJoin('freeze as f', 'f.meeting_id', 'u.meeting_id')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.selectAll('u')
		.select(['i.title', 'e.name as entity', 's.state', 's.channel', 's.submitted_at', 'f.frozen_at'])
		.select(['m.title as meeting', 'm.series', 'm.number', 'm.starts_on', 'm.due_on'])
		.where((eb) => eb.or([eb('s.state', 'is', null), eb('s.state', 'not in', ['draft', 'excused'])]))
		.orderBy('m.starts_on', 'desc')
		.orderBy('m.id')
		.orderBy('e.name')
		.orderBy('i.title')
		.orderBy('u.id');
	if (meeting_id !== undefined) rows = rows.where('u.meeting_id', '=', meeting_id);
	if (initiative_id !== undefined) rows = rows.where('u.initiative_id', '=', initiative_id);
	if (entity_id !== undefined) rows = rows.where('u.entity_id', 'in', [entity_id].flat());
	if (states) rows = rows.where('s.state', 'in', states);
	if (element_id !== undefined)
		rows = rows.where('u.initiative_id', 'in', (eb) =>
			eb.selectFrom('initiative_scope').select('initiative_id').where('scope_id', '=', element_id)
		);
	// With its siblings: the newest among them is the one that counts.
	if (ids)
		rows = rows.where('u.initiative_id', 'in', (eb) =>
			eb
				.selectFrom('status_update')
				.select('initiative_id')
				.where('id', 'in', ids.length > 0 ? ids : [''])
		);
	const newest = newestOf(await rows.execute()).filter(({ id }) => !ids || ids.includes(id));
	const scopes = await scopesOf(db, newest);
	return newest.map(({ frozen_at, ...update }) => ({
		...update,
		frozen: frozen_at !== null,
		scopes: scopes.get(update.initiative_id) ?? []
	}));
}

export type Spoken = Awaited<ReturnType<typeof spoken>>[number];

type Placed = {
	id: string;
	initiative_id: string;
	entity_id: string;
	meeting_id: string;
	recorded_at: string;
};

function newestOf<Row extends Placed>(rows: readonly Row[]): Row[] {
	const keyOf = (row: Row) => [row.meeting_id, row.entity_id, row.initiative_id].join('\n');
	const newest = new Map<string, Row>();
	for (const row of rows) {
		const other = newest.get(keyOf(row));
		if (!other || newer(row, other)) newest.set(keyOf(row), row);
	}
	return rows.filter((row) => newest.get(keyOf(row)) === row);
}

async function scopesOf(db: Reader, updates: readonly { initiative_id: string }[]) {
	const ids = [...new Set(updates.map(({ initiative_id }) => initiative_id))];
	const scopes = new Map<string, string[]>();
	if (ids.length === 0) return scopes;
	const rows = await db
		.selectFrom('initiative_scope')
		.select(['initiative_id', 'scope_id'])
		.where('initiative_id', 'in', ids)
		.execute();
	for (const { initiative_id, scope_id } of rows)
		scopes.set(initiative_id, [...(scopes.get(initiative_id) ?? []), scope_id]);
	return scopes;
}
