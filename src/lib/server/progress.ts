import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { movement as moved, type Movement, type Pair } from '#lib/domain/movement.ts';
import { byDueDate, treeOrder } from '#lib/domain/order.ts';
import { empty, tallyKeys, type Tally } from '#lib/domain/tally.ts';

export type RoundMeeting = {
	id: string;
	title: string;
	series: string;
	number: number | null;
	starts_on: string;
	opens_on: string | null;
	due_on: string;
	frozen_at: string | null;
	/** The number of its snapshot, where it has one. */
	snapshot: number | null;
	/** The same while its figures as presented are in the snapshot alone, and not here. */
	kept_in: number | null;
};

type At = { plan_id: string; meeting_id: string; basis?: Basis };

/** The meetings that are rounds, in order of due date over all series. */
export async function rounds(db: Reader): Promise<RoundMeeting[]> {
	const meetings = await db
		.selectFrom('meeting as m')
		.leftJoin('freeze as f', 'f.meeting_id', 'm.id')
		.leftJoin('snapshot as s', (join) =>
			join.onRef('s.meeting_id', '=', 'f.meeting_id').onRef('s.frozen_at', '=', 'f.frozen_at')
		)
		.select(['m.id', 'm.title', 'm.series', 'm.number', 'm.starts_on', 'm.opens_on', 'm.due_on'])
		.select(['f.frozen_at', 's.number as snapshot', 'f.snapshot as kept_in'])
		.where('m.due_on', 'is not', null)
		.execute();
	return (meetings as RoundMeeting[]).sort(byDueDate);
}

/** Figures of every element of a plan at a meeting, in the plan's order, and of the whole plan. */
export async function byElement(db: Reader, { plan_id, meeting_id, basis = 'known' }: At) {
	const elements = await elementIds(db, plan_id);
	const rows = await db
		.selectFrom('tally')
		.selectAll()
		.where('basis', '=', await settled(db, meeting_id, basis))
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', 'all')
		.where('scope_id', 'in', [plan_id, ...elements])
		.execute();
	const tallies = new Map(rows.map((row) => [row.scope_id, tallyOf(row)]));
	return {
		elements: elements.map((element_id) => ({ element_id, tally: tallies.get(element_id) ?? empty() })),
		total: tallies.get(plan_id) ?? empty()
	};
}

/**
 * One slice over all rounds, in order. `scope_id` is a plan, an element, or `all`; `entity_id` narrows it to one entity.
 * `upto` ends with that meeting.
 */
export async function overMeetings(
	db: Reader,
	{
		scope_id,
		entity_id = 'all',
		basis = 'known',
		upto
	}: { scope_id: string; entity_id?: string; basis?: Basis; upto?: string }
) {
	const meetings = await rounds(db);
	const rows = await db
		.selectFrom('tally')
		.selectAll()
		.where('scope_id', '=', scope_id)
		.where('entity_id', '=', entity_id)
		.execute();
	const find = (meeting: RoundMeeting) => {
		const wanted = basisHere(meeting, basis);
		return rows.find((row) => row.meeting_id === meeting.id && row.basis === wanted);
	};
	const last = upto === undefined ? -1 : meetings.findIndex(({ id }) => id === upto);
	return (last < 0 ? meetings : meetings.slice(0, last + 1)).map((meeting) => {
		const row = find(meeting);
		return { meeting, tally: row ? tallyOf(row) : empty() };
	});
}

/** Every entity that is asked anything under a plan, against the plan's elements. Entities come in id order. */
export async function matrix(db: Reader, { plan_id, meeting_id, basis = 'known' }: At) {
	const columns = await elementIds(db, plan_id);
	const rows = await db
		.selectFrom('tally')
		.selectAll()
		.where('basis', '=', await settled(db, meeting_id, basis))
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '<>', 'all')
		.where('scope_id', 'in', [plan_id, ...columns])
		.execute();
	const cells = new Map(rows.map((row) => [`${row.entity_id} ${row.scope_id}`, tallyOf(row)]));
	const entities = [...new Set(rows.map((row) => row.entity_id))].sort();
	return {
		columns,
		rows: entities.map((entity_id) => ({
			entity_id,
			total: cells.get(`${entity_id} ${plan_id}`) ?? empty(),
			cells: columns.map((element_id) => ({
				element_id,
				tally: cells.get(`${entity_id} ${element_id}`) ?? empty()
			}))
		}))
	};
}

/** How each entity stands over a whole slice at a meeting. */
export async function byEntity(
	db: Reader,
	{ scope_id, meeting_id, basis = 'known' }: { scope_id: string; meeting_id: string; basis?: Basis }
) {
	const rows = await db
		.selectFrom('tally')
		.selectAll()
		.where('basis', '=', await settled(db, meeting_id, basis))
		.where('meeting_id', '=', meeting_id)
		.where('scope_id', '=', scope_id)
		.where('entity_id', '<>', 'all')
		.execute();
	return new Map(rows.map((row) => [row.entity_id, tallyOf(row)]));
}

/** What moved between two meetings, for every element of a plan and for the whole of it. */
export async function movement(
	db: Reader,
	{
		plan_id,
		from_id,
		to_id,
		basis = 'known'
	}: { plan_id: string; from_id: string; to_id: string; basis?: Basis }
): Promise<{ elements: ({ element_id: string } & Movement)[]; total: Movement }> {
	const before = await byElement(db, { plan_id, meeting_id: from_id, basis });
	const now = await byElement(db, { plan_id, meeting_id: to_id, basis });
	const pairs = await pairsBetween(db, {
		scopes: [plan_id, ...now.elements.map(({ element_id }) => element_id)],
		from: { meeting_id: from_id, basis: await settled(db, from_id, basis) },
		to: { meeting_id: to_id, basis: await settled(db, to_id, basis) }
	});
	return {
		elements: now.elements.map(({ element_id, tally }, i) => ({
			element_id,
			...moved(pairs.get(element_id) ?? [], before.elements[i]!.tally, tally)
		})),
		total: moved(pairs.get(plan_id) ?? [], before.total, now.total)
	};
}

type Where = { meeting_id: string; basis: Basis };

/** Expectations of the later meeting beside the same ones at the earlier, alike ones counted together. */
async function pairsBetween(db: Reader, { scopes, from, to }: { scopes: string[]; from: Where; to: Where }) {
	const rows = await db
		.selectFrom('standing as now')
		.innerJoin('initiative_scope as s', 's.initiative_id', 'now.initiative_id')
		.leftJoin('standing as before', (join) =>
			join
				.onRef('before.initiative_id', '=', 'now.initiative_id')
				.onRef('before.entity_id', '=', 'now.entity_id')
				.on('before.meeting_id', '=', from.meeting_id)
				.on('before.basis', '=', from.basis)
		)
		.select(['s.scope_id', 'now.freshness', 'now.stage', 'now.change'])
		.select([
			'before.freshness as before_freshness',
			'before.stage as before_stage',
			'before.change as before_change'
		])
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('now.meeting_id', '=', to.meeting_id)
		.where('now.basis', '=', to.basis)
		.where('s.scope_id', 'in', scopes)
		.groupBy(['s.scope_id', 'now.freshness', 'now.stage', 'now.change'])
		.groupBy(['before.freshness', 'before.stage', 'before.change'])
		.execute();
	const pairs = new Map<string, Pair[]>();
	for (const { scope_id, freshness, stage, change, count, ...b } of rows) {
		const before = b.before_freshness && {
			freshness: b.before_freshness,
			stage: b.before_stage,
			change: b.before_change
		};
		const pair = { before: before || null, now: { freshness, stage, change }, count };
		pairs.set(scope_id, [...(pairs.get(scope_id) ?? []), pair]);
	}
	return pairs;
}

/**
 * `presented` has figures of its own only where the meeting was frozen; elsewhere it is what is known. A meeting frozen with a
 * snapshot has them in the snapshot: whoever wants them reads that (`moment.ts`).
 */
export async function settled(db: Reader, meeting_id: string, basis: Basis): Promise<Basis> {
	if (basis === 'known') return 'known';
	const freeze = await db
		.selectFrom('freeze')
		.select('meeting_id')
		.where('meeting_id', '=', meeting_id)
		.where('snapshot', 'is', null)
		.executeTakeFirst();
	return freeze ? 'presented' : 'known';
}

/** The same for a round: a basis it has figures of here. */
export function basisHere(
	{ frozen_at, kept_in }: Pick<RoundMeeting, 'frozen_at' | 'kept_in'>,
	basis: Basis
): Basis {
	return basis === 'presented' && frozen_at !== null && kept_in === null ? 'presented' : 'known';
}

/** A plan's elements from the top down, children after their parent. */
async function elementIds(db: Reader, plan_id: string) {
	const elements = await db
		.selectFrom('plan_element')
		.select(['id', 'parent_id', 'position', 'code'])
		.where('plan_id', '=', plan_id)
		.execute();
	return treeOrder(elements).map(({ id }) => id);
}

function tallyOf(row: Record<keyof Tally, number>): Tally {
	return Object.fromEntries(tallyKeys.map((key) => [key, row[key]])) as Tally;
}
