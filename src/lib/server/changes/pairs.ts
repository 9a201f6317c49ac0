import { sql } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import type { Freshness } from '#lib/domain/freshness.ts';
import type { Pair } from '#lib/domain/movement.ts';
import type { Stage } from '#lib/domain/stage.ts';
import { add, empty, type Tally } from '#lib/domain/tally.ts';
import type { Timing } from '#lib/domain/timing.ts';
import type { Change } from '#lib/domain/words.ts';
import { corrected, neverBefore, within } from '../initiatives/asides.ts';
import type { At } from '../initiatives/asked.ts';

export type Where = { from: At; to: At; /** The rounds before the later meeting. */ earlier: At[] };
export type Noted = Pair & { first: boolean; corrected: boolean };

type Row = {
	id: string;
	freshness: Freshness;
	stage: Stage | null;
	change: Change | null;
	was: Freshness | null;
	stage_before: Stage | null;
	change_before: Change | null;
	first: number;
	corrected: number;
	count: number;
};

/**
 * The expectations of a slice at the later meeting beside the same ones at the earlier, alike ones counted together; of all
 * entities or of each. What counted under none of `scopesBefore` was not expected there.
 */
export async function pairs(
	db: Reader,
	{ from, to, earlier }: Where,
	scope_id: string,
	scopesBefore: readonly string[],
	by: 'scope' | 'entity'
): Promise<Map<string, Noted[]>> {
	const fresh = sql`s.freshness in ('reported', 'confirmed')`;
	const id = by === 'scope' ? sql`x.scope_id` : sql`s.entity_id`;
	const same = scopesBefore.length === 1 && scopesBefore[0] === scope_id;
	const { rows } = await sql<Row>`
		with p as (
			select ${id} as id, s.freshness, s.stage, s.change, b.freshness as was, b.stage as stage_before, b.change as change_before,
				case when ${fresh} and ${neverBefore(earlier)} then 1 else 0 end as first,
				case when ${corrected(from, to)} then 1 else 0 end as corrected
			from standing s
			join initiative_scope x on x.initiative_id = s.initiative_id and x.scope_id = ${scope_id}
			left join standing b on b.basis = ${from.basis} and b.meeting_id = ${from.meeting_id}
				and b.initiative_id = s.initiative_id and b.entity_id = s.entity_id
				and ${same ? sql`1 = 1` : within(scopesBefore)}
			where s.basis = ${to.basis} and s.meeting_id = ${to.meeting_id}
		)
		select id, freshness, stage, change, was, stage_before, change_before, first, corrected, count(*) as count from p
		group by id, freshness, stage, change, was, stage_before, change_before, first, corrected`.execute(db);
	const found = new Map<string, Noted[]>();
	for (const {
		id,
		freshness,
		stage,
		change,
		was,
		stage_before,
		change_before,
		first,
		corrected,
		count
	} of rows) {
		const before = was && { freshness: was, stage: stage_before, change: change_before };
		const pair = { before, now: { freshness, stage, change }, count };
		found.set(id, [...(found.get(id) ?? []), { ...pair, first: first === 1, corrected: corrected === 1 }]);
	}
	return found;
}

/** What is expected at a meeting under any of these scopes, each expectation once; of all entities, as `name`, or of each. */
export async function tallies(
	db: Reader,
	{ basis, meeting_id }: At,
	scopes: readonly string[],
	name: string,
	by: 'scope' | 'entity'
): Promise<Map<string, Tally>> {
	if (scopes.length === 0) return new Map();
	const rows = await db
		.selectFrom('standing as s')
		.select(['s.entity_id', 's.freshness', 's.stage', 's.timing'])
		.select((eb) => eb.fn.countAll<number>().as('count'))
		.where('s.basis', '=', basis)
		.where('s.meeting_id', '=', meeting_id)
		.where((eb) =>
			eb.exists(
				eb
					.selectFrom('initiative_scope as x')
					.select('x.scope_id')
					.whereRef('x.initiative_id', '=', 's.initiative_id')
					.where('x.scope_id', 'in', [...scopes])
			)
		)
		.groupBy(['s.entity_id', 's.freshness', 's.stage', 's.timing'])
		.execute();
	const found = new Map<string, Tally>();
	for (const { entity_id, count, ...counted } of rows as {
		entity_id: string;
		freshness: Freshness;
		stage: Stage | null;
		timing: Timing | null;
		count: number;
	}[]) {
		const id = by === 'scope' ? name : entity_id;
		const tally = found.get(id) ?? empty();
		found.set(id, tally);
		add(tally, counted, count);
	}
	return found;
}
