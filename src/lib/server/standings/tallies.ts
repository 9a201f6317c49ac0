import { insertMany } from '#db/dialect.ts';
import type { Db } from '#db/open.server.ts';
import type { Basis, TallyTable } from '#db/schema.ts';
import { add, empty, sum, tallyKeys, type Tally } from '#lib/domain/tally.ts';

const columns = ['basis', 'meeting_id', 'scope_id', 'entity_id', ...tallyKeys] as const;

/** The scopes each initiative counts under. */
export type Scopes = Map<string, string[]>;

/** Reads the scopes of every initiative, or only those named, of the initiatives these entities were asked about. */
export async function scopes(trx: Db, only?: Cells): Promise<Scopes> {
	let query = trx.selectFrom('initiative_scope').select(['initiative_id', 'scope_id']);
	if (only) {
		query = query
			.where('scope_id', 'in', only.scopes)
			.where('initiative_id', 'in', (eb) =>
				eb.selectFrom('standing').select('initiative_id').where('entity_id', 'in', only.entities)
			);
	}
	const scopesOf: Scopes = new Map();
	for (const { initiative_id, scope_id } of await query.execute()) {
		const list = scopesOf.get(initiative_id);
		if (list) list.push(scope_id);
		else scopesOf.set(initiative_id, [scope_id]);
	}
	return scopesOf;
}

type Cells = { scopes: string[]; entities: string[] };
type Key = { basis: Basis; scope_id: string; entity_id: string };

/**
 * Counts a meeting's standings per scope and entity, and over all entities; or only the cells named. Counting is done
 * here by the domain's own rule: in SQL it took half as long again and said the rule a second time.
 */
export async function countMeeting(trx: Db, meeting_id: string, scopesOf: Scopes, only?: Cells) {
	if (only) await forget(trx, meeting_id, only);
	const counted = new Map<string, Key & { tally: Tally }>();
	for (const standing of await standings(trx, meeting_id, only)) {
		for (const scope_id of scopesOf.get(standing.initiative_id) ?? []) {
			const key = { basis: standing.basis, scope_id, entity_id: standing.entity_id };
			add(cell(counted, key), standing);
		}
	}
	await keep(trx, meeting_id, [...counted.values()]);
	await keep(trx, meeting_id, await overAll(trx, meeting_id, only));
}

function cell(counted: Map<string, Key & { tally: Tally }>, key: Key): Tally {
	const name = `${key.basis} ${key.scope_id} ${key.entity_id}`;
	const found = counted.get(name);
	if (found) return found.tally;
	const tally = empty();
	counted.set(name, { ...key, tally });
	return tally;
}

async function forget(trx: Db, meeting_id: string, { scopes, entities }: Cells) {
	await trx
		.deleteFrom('tally')
		.where('meeting_id', '=', meeting_id)
		.where('scope_id', 'in', scopes)
		.where('entity_id', 'in', [...entities, 'all'])
		.execute();
}

function standings(trx: Db, meeting_id: string, only?: Cells) {
	let query = trx
		.selectFrom('standing')
		.select(['basis', 'initiative_id', 'entity_id', 'freshness', 'stage', 'timing'])
		.where('meeting_id', '=', meeting_id)
		.where('basis', 'in', ['known', 'presented']);
	if (only) query = query.where('entity_id', 'in', only.entities);
	return query.execute();
}

/** The entities' tallies of a meeting added up. */
async function overAll(trx: Db, meeting_id: string, only?: Cells) {
	let query = trx
		.selectFrom('tally')
		.selectAll()
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '<>', 'all');
	if (only) query = query.where('scope_id', 'in', only.scopes);
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
