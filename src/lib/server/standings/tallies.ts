import { addMany, insertMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import type { Basis, StandingTable, TallyTable } from '#db/schema.ts';
import { add, empty, sum, tallyKeys, type Counted, type Tally } from '#lib/domain/tally.ts';

const keyColumns = ['basis', 'meeting_id', 'scope_id', 'entity_id'] as const;
const columns = [...keyColumns, ...tallyKeys] as const;

/** The scopes each initiative counts under. */
export type Scopes = Map<string, string[]>;

/** Reads the scopes of every initiative. */
export async function scopes(trx: Db): Promise<Scopes> {
	const query = trx.selectFrom('initiative_scope').select(['initiative_id', 'scope_id']);
	const scopesOf: Scopes = new Map();
	for (const { initiative_id, scope_id } of await query.execute()) {
		const list = scopesOf.get(initiative_id);
		if (list) list.push(scope_id);
		else scopesOf.set(initiative_id, [scope_id]);
	}
	return scopesOf;
}

type Key = { basis: Basis; scope_id: string; entity_id: string };

/**
 * Counts a meeting's standings per scope and entity, and over all entities. Counting is done here by the domain's own
 * rule: in SQL it took half as long again and said the rule a second time.
 */
export async function countMeeting(trx: Db, meeting_id: string, scopesOf: Scopes) {
	const counted = new Map<string, Key & { tally: Tally }>();
	for (const standing of await standings(trx, meeting_id)) {
		for (const scope_id of scopesOf.get(standing.initiative_id) ?? []) {
			const key = { basis: standing.basis, scope_id, entity_id: standing.entity_id };
			add(cell(counted, key), standing);
		}
	}
	await keep(trx, meeting_id, [...counted.values()]);
	await keep(trx, meeting_id, await overAll(trx, meeting_id));
}

function cell(counted: Map<string, Key & { tally: Tally }>, key: Key): Tally {
	const name = `${key.basis} ${key.scope_id} ${key.entity_id}`;
	const found = counted.get(name);
	if (found) return found.tally;
	const tally = empty();
	counted.set(name, { ...key, tally });
	return tally;
}

function standings(trx: Db, meeting_id: string) {
	return trx
		.selectFrom('standing')
		.select(['basis', 'initiative_id', 'entity_id', 'freshness', 'stage', 'timing'])
		.where('meeting_id', '=', meeting_id)
		.where('basis', 'in', ['known', 'presented'])
		.execute();
}

/** The entities' tallies of a meeting added up. */
async function overAll(trx: Db, meeting_id: string) {
	const query = trx
		.selectFrom('tally')
		.selectAll()
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '<>', 'all');
	const groups = new Map<string, TallyTable[]>();
	for (const row of await query.execute()) {
		const name = `${row.basis} ${row.scope_id}`;
		groups.set(name, [...(groups.get(name) ?? []), row]);
	}
	return [...groups.values()].map((rows) => ({
		basis: rows[0]!.basis,
		scope_id: rows[0]!.scope_id,
		entity_id: 'all',
		tally: sum(rows)
	}));
}

async function keep(trx: Db, meeting_id: string, cells: (Key & { tally: Tally })[]) {
	const rows = cells.map(({ tally, ...key }) => ({ ...key, meeting_id, ...tally }));
	for (let at = 0; at < rows.length; at += 2000) {
		await insertMany(trx, 'tally', columns, rows.slice(at, at + 2000));
	}
}

type Counting = {
	scopes: string[];
	rows: Pick<StandingTable, 'basis' | 'meeting_id' | 'entity_id' | keyof Counted>[];
};

/** Moves the tallies from what an initiative counted before to what it counts now. */
export async function shift(trx: Db, before: Counting, now: Counting) {
	const cells = new Map<string, Key & { meeting_id: string; tally: Tally }>();
	for (const [{ scopes, rows }, times] of [
		[before, -1],
		[now, 1]
	] as const)
		for (const { basis, meeting_id, entity_id, ...counted } of rows)
			for (const scope_id of scopes)
				for (const entity of [entity_id, 'all']) {
					const name = JSON.stringify([scope_id, entity, meeting_id, basis]);
					const found = cells.get(name) ?? { basis, meeting_id, scope_id, entity_id: entity, tally: empty() };
					cells.set(name, found);
					add(found.tally, counted, times);
				}
	// In one order for everybody: on PostgreSQL two who move the same cells then wait for each other, and never in a circle.
	const rows = [...cells]
		.filter(([, { tally }]) => tallyKeys.some((key) => tally[key] !== 0))
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([, { tally, ...key }]) => ({ ...key, ...tally }));
	const moved = tallyKeys.filter((key) => rows.some((row) => row[key] !== 0));
	await addMany(trx, 'tally', keyColumns, moved, rows);
	if (rows.some(({ expected }) => expected < 0))
		await trx
			.deleteFrom('tally')
			.where('meeting_id', 'in', [...new Set(rows.map(({ meeting_id }) => meeting_id))])
			.where('scope_id', 'in', [...new Set(rows.map(({ scope_id }) => scope_id))])
			.where('expected', '=', 0)
			.execute();
}
