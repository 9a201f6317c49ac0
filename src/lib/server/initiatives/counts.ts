import { sql, type RawBuilder } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import { isFresh } from '#lib/domain/freshness.ts';
import { classify } from '#lib/domain/movement.ts';
import type { Asked } from './asked.ts';
import type { FacetName } from './facets.ts';
import type { Found } from './found.ts';
import type { Names } from './names.ts';

/** How many rows have each value. */
export class Counts extends Map<string, number> {
	add(value: string | null | undefined, n = 1) {
		if (value != null) this.set(value, (this.get(value) ?? 0) + n);
	}
}

/** Rows under each plan and element. */
export async function byScope(db: Reader, query: RawBuilder<Found>, names: Names) {
	const { rows } = await sql<{ scope_id: string; n: number }>`
		with f as materialized (${query})
		select c.scope_id, count(*) as n from f cross join initiative_scope c
		where c.initiative_id = f.initiative_id group by c.scope_id`.execute(db);
	const of = { plan: new Counts(), element: new Counts() };
	for (const { scope_id, n } of rows) {
		if (names.plan.has(scope_id)) of.plan.add(scope_id, n);
		if (names.element.has(scope_id)) of.element.add(scope_id, n);
	}
	return of;
}

/** Initiatives by who takes part, and by its sub-region, each once however many of a sub-region take part. */
export async function byParticipant(db: Reader, query: RawBuilder<Found>, names: Names) {
	const { rows } = await sql<{ initiative_id: string; entity_id: string }>`
		with f as materialized (${query})
		select distinct ie.initiative_id, ie.entity_id from f cross join initiative_entity ie
		where ie.initiative_id = f.initiative_id`.execute(db);
	const of = { entity: new Counts(), subregion: new Counts() };
	for (const { entity_id } of rows) of.entity.add(entity_id);
	const regions = rows.map(
		({ initiative_id, entity_id }) => `${initiative_id}\n${names.subregionOf.get(entity_id) ?? ''}`
	);
	for (const pair of new Set(regions)) of.subregion.add(pair.split('\n')[1] || null);
	return of;
}

/** Rows by what is said in the row itself. */
export async function byRow(
	db: Reader,
	query: RawBuilder<Found>,
	wanted: readonly FacetName[],
	{ filters }: Asked,
	names: Names
) {
	const { rows } = await query.execute(db);
	const of = new Map(wanted.map((name) => [name, new Counts()]));
	// Stages and timings of what is not fresh count only where a freshness is asked for.
	const counts = (row: Found) => filters.freshness !== undefined || isFresh(row.freshness);
	for (const row of rows) {
		for (const name of ['theme', 'scope', 'certainty', 'layer', 'freshness'] as const)
			of.get(name)?.add(row[name]);
		if (row.entity_id === null) continue;
		of.get('entity')?.add(row.entity_id);
		of.get('subregion')?.add(names.subregionOf.get(row.entity_id));
		if (counts(row)) for (const name of ['stage', 'timing'] as const) of.get(name)?.add(row[name]);
		const moved = of.get('moved');
		if (moved) for (const how of movesOf(row)) moved.add(how);
	}
	return of;
}

function movesOf({ freshness, stage, change, was, stage_before }: Found): string[] {
	const before = was && { freshness: was, stage: stage_before, change: null };
	const moves: string[] = classify({ before, now: { freshness, stage, change } });
	return moves.some((how) => how === 'up' || how === 'same' || how === 'down') ? [...moves, 'panel'] : moves;
}
