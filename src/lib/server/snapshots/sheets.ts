import { sql, type RawBuilder } from 'kysely';
import { tables } from '#lib/domain/package/tables.ts';
import type { Column, Table } from '#lib/domain/package/table.ts';
import { tallyKeys } from '#lib/domain/tally.ts';
import { orderOf } from '../in-order.ts';

/** The meetings a snapshot has something of, those to come that it only names, and the one it is of. */
export type Scope = { meetings: readonly string[]; later: readonly string[]; meeting_id: string };

export type Kept = {
	table: string;
	/** In alphabetical order. */
	columns: readonly string[];
	/** By what the rows are ordered. */
	key: readonly Pick<Column, 'column' | 'type' | 'required'>[];
	/** Which rows; all where nothing is said. */
	only?: (scope: Scope) => RawBuilder<boolean>;
};

const amongst = (column: string, ids: readonly string[]) =>
	ids.length > 0 ? sql<boolean>`${sql.ref(column)} in (${sql.join(ids)})` : sql<boolean>`1 = 0`;

/** But for drafts: nobody but their authors reads those. */
const sent = sql<boolean>`not exists (select 1 from submission d where d.meeting_id = status_update.meeting_id
	and d.entity_id = status_update.entity_id and d.state = 'draft')`;

const ofUpdates = (meetings: readonly string[]) => sql<boolean>`update_id in (select id from status_update
	where ${amongst('status_update.meeting_id', meetings)} and ${sent})`;

/** Of these tables only a part is kept. */
const only: Record<string, NonNullable<Kept['only']>> = {
	expectation: ({ meeting_id }) => amongst('meeting_id', [meeting_id]),
	freeze: ({ meetings, meeting_id }) =>
		amongst(
			'meeting_id',
			meetings.filter((id) => id !== meeting_id)
		),
	meeting: ({ meetings, later }) => amongst('id', [...meetings, ...later]),
	review: ({ meetings }) => ofUpdates(meetings),
	review_agreement: ({ meetings }) => ofUpdates(meetings),
	status_update: () => sent,
	submission: ({ meetings }) => sql`${amongst('meeting_id', meetings)} and state <> 'draft'`
};

/** Kept beside the columns of the package. */
const more: Record<string, readonly string[]> = {
	entity: ['search_text'],
	initiative: ['search_text'],
	review: ['stage', 'timing']
};

/** Who came to a meeting is counted after it; what a reviewer notes is for the reporter alone. */
const leftOut = new Set(['attendance', 'review.note']);

/**
 * What a snapshot holds: the tables of the data package, which pages and charts are made from, and under what each initiative
 * counts. People are in none of them.
 */
export const kept: readonly Kept[] = [
	...tables.filter(({ table }) => !leftOut.has(table) && table !== 'status_update').map(ofPackage),
	own('initiative_scope', ['initiative_id', 'scope_id'], ['initiative_id', 'scope_id']),
	own('review_agreement', ['update_id', 'recorded_at'], ['agreed_at', 'recorded_at', 'update_id']),
	own('revision', [], ['changed_at', 'id', 'number'])
];

/** Kept meeting by meeting. */
export const byMeeting: readonly Kept[] = [
	...tables.filter(({ table }) => table === 'status_update').map(ofPackage)
];

/** Kept round by round, and of a round frozen before as they were frozen. */
export const byRound: readonly Kept[] = [
	own(
		'standing',
		['initiative_id', 'entity_id'],
		[
			'basis',
			'change',
			'entity_id',
			'freshness',
			'initiative_id',
			'meeting_id',
			'stage',
			'timing',
			'update_id'
		]
	),
	own(
		'tally',
		['scope_id', 'entity_id'],
		['basis', 'entity_id', 'meeting_id', 'scope_id', ...tallyKeys].sort()
	)
];

function ofPackage(one: Table): Kept {
	const { table, columns } = one;
	const names = columns.map(({ column }) => column).filter((column) => !leftOut.has(`${table}.${column}`));
	const which = only[table];
	return {
		table,
		columns: [...names, ...(more[table] ?? [])].sort(),
		key: orderOf(one),
		...(which && { only: which })
	};
}

function own(table: string, key: readonly string[], columns: readonly string[]): Kept {
	const which = only[table];
	return {
		table,
		columns,
		key: key.map((column) => ({ column, type: 'string', required: true })),
		...(which && { only: which })
	};
}
