import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { byName } from '#lib/domain/text.ts';
import type { EntityKind, TermRole } from '#lib/domain/words.ts';
import { settled } from './progress.ts';

export type Entity = Awaited<ReturnType<typeof list>>[number];

const columns = [
	'entity.id',
	'entity.kind',
	'entity.name',
	'entity.name_fr',
	'entity.name_variants',
	'entity.iso2',
	'entity.administration',
	'entity.subregion',
	'entity.time_zone',
	'entity.source_url',
	'entity.certainty'
] as const;

/** Members and regional bodies by name, or those of one kind. */
export async function list(db: Reader, { kind }: { kind?: EntityKind } = {}) {
	const rows = db.selectFrom('entity').select(columns);
	return (await (kind ? rows.where('kind', '=', kind) : rows).execute()).sort(byName);
}

export async function get(db: Reader, id: string) {
	const entity =
		canExist(id) && (await db.selectFrom('entity').select(columns).where('id', '=', id).executeTakeFirst());
	if (!entity) throw new NotFound(`There is no Member or body "${id}".`);
	const memberships = await db
		.selectFrom('membership')
		.select(['from_on', 'to_on', 'basis', 'source_url', 'certainty'])
		.where('entity_id', '=', id)
		.orderBy('from_on')
		.execute();
	return { ...entity, memberships };
}

/** Is there such a Member or body? */
export async function has(db: Reader, id: string) {
	return (
		canExist(id) &&
		(await db.selectFrom('entity').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
	);
}

/** Every membership by entity, oldest first. */
export async function memberships(db: Reader) {
	const rows = await db
		.selectFrom('membership')
		.select(['entity_id', 'from_on', 'to_on', 'basis', 'source_url', 'certainty'])
		.orderBy('from_on')
		.execute();
	const of = new Map<string, Omit<(typeof rows)[number], 'entity_id'>[]>();
	for (const { entity_id, ...row } of rows) of.set(entity_id, [...(of.get(entity_id) ?? []), row]);
	return of;
}

const membersOn = (db: Reader, day: string) =>
	db
		.selectFrom('entity')
		.innerJoin('membership as m', 'm.entity_id', 'entity.id')
		.where('entity.kind', '=', 'member')
		.where('m.from_on', '<=', day)
		.where((eb) => eb.or([eb('m.to_on', 'is', null), eb('m.to_on', '>=', day)]));

/** The Members of the region on a day, by sub-region and then by name, with the days of their membership. */
export async function members(db: Reader, day: string) {
	const rows = await membersOn(db, day)
		.select([...columns, 'm.from_on', 'm.to_on', 'm.basis'])
		.execute();
	return [...Map.groupBy(rows.sort(byName), ({ subregion }) => subregion)]
		.map(([subregion, members]) => ({ subregion, name: subregion ?? 'No sub-region', members }))
		.sort((a, b) => Number(a.subregion === null) - Number(b.subregion === null) || byName(a, b));
}

export async function memberCount(db: Reader, day: string) {
	const { n } = await membersOn(db, day)
		.select((eb) => eb.fn.count<number>('entity.id').distinct().as('n'))
		.executeTakeFirstOrThrow();
	return n;
}

/** How the number of Members changed: each day somebody joined or had left, and the count from then on. */
export async function history(db: Reader) {
	const rows = await db
		.selectFrom('membership as m')
		.innerJoin('entity as e', 'e.id', 'm.entity_id')
		.select(['e.id', 'e.name', 'm.from_on', 'm.to_on'])
		.where('e.kind', '=', 'member')
		.execute();
	const left = rows
		.filter(({ to_on }) => to_on !== null)
		.map((row) => ({ ...row, on: dayAfter(row.to_on!) }));
	const days = [...new Set([...rows.map(({ from_on }) => from_on), ...left.map(({ on }) => on)])].sort();
	const named = ({ id, name }: { id: string; name: string }) => ({ id, name });
	return days.map((on) => ({
		on,
		count: new Set(rows.filter((row) => row.from_on <= on && (row.to_on ?? on) >= on).map(({ id }) => id))
			.size,
		joined: rows
			.filter(({ from_on }) => from_on === on)
			.map(named)
			.sort(byName),
		left: left
			.filter((row) => row.on === on)
			.map(named)
			.sort(byName)
	}));
}

function dayAfter(day: string) {
	return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** Offices held: newest first; of one entity, one element or one role where asked. */
export function terms(db: Reader, of: { entity_id?: string; element_id?: string; role?: TermRole } = {}) {
	let rows = db
		.selectFrom('term as t')
		.innerJoin('entity as e', 'e.id', 't.entity_id')
		.leftJoin('entity as b', 'b.id', 't.body')
		.leftJoin('plan_element as x', 'x.id', 't.element_id')
		.select([
			't.role',
			't.entity_id',
			'e.name as entity',
			't.body as body_id',
			'b.name as body',
			't.element_id'
		])
		.select([
			'x.plan_id',
			'x.code',
			'x.title as element',
			't.from_on',
			't.to_on',
			't.source_url',
			't.certainty'
		])
		.orderBy('t.from_on', (o) => o.desc().nullsLast())
		.orderBy('e.name');
	if (of.entity_id !== undefined) rows = rows.where('t.entity_id', '=', of.entity_id);
	if (of.element_id !== undefined) rows = rows.where('t.element_id', '=', of.element_id);
	if (of.role !== undefined) rows = rows.where('t.role', '=', of.role);
	return rows.execute();
}

/** Members that were asked something under a plan for a meeting and said nothing yet, with how much was asked. */
export async function silent(
	db: Reader,
	{ plan_id, meeting_id, basis = 'known' }: { plan_id: string; meeting_id: string; basis?: Basis }
) {
	const rows = await db
		.selectFrom('tally as t')
		.innerJoin('entity', 'entity.id', 't.entity_id')
		.select([...columns, 't.expected', 't.carried', 't.missing'])
		.where('entity.kind', '=', 'member')
		.where('t.basis', '=', await settled(db, meeting_id, basis))
		.where('t.scope_id', '=', plan_id)
		.where('t.meeting_id', '=', meeting_id)
		.where('t.expected', '>', 0)
		.where('t.reported', '=', 0)
		.where('t.confirmed', '=', 0)
		.execute();
	const answered = await withNothing(db, meeting_id);
	return rows.filter(({ id }) => !answered.has(id)).sort(byName);
}

/** Who answered a round by the reason why there is nothing to report. No figure counts that, and it is not silence. */
export async function withNothing(db: Reader, meeting_id: string): Promise<Set<string>> {
	const rows = await db
		.selectFrom('submission')
		.select('entity_id')
		.where('meeting_id', '=', meeting_id)
		.where('state', 'in', ['submitted', 'accepted'])
		.where('reason', 'is not', null)
		.execute();
	return new Set(rows.map(({ entity_id }) => entity_id));
}
