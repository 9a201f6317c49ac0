import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { isFresh } from '#lib/domain/freshness.ts';
import { byName } from '#lib/domain/text.ts';
import { settled } from './progress.ts';

export type Spoken = Awaited<ReturnType<typeof list>>[number];

/**
 * Every expectation of a round under a plan or an element, with where it stood at an earlier round and the words that were said
 * of it for this one. By name of who was asked, then of the initiative. What is carried forward comes without its old words.
 */
export async function list(
	db: Reader,
	{
		scope_id,
		meeting_id,
		from_id,
		entity_id,
		basis = 'known'
	}: { scope_id: string; meeting_id: string; from_id?: string; entity_id?: string; basis?: Basis }
) {
	let rows = db
		.selectFrom('standing as s')
		.innerJoin('initiative_scope as x', 'x.initiative_id', 's.initiative_id')
		.innerJoin('initiative as i', 'i.id', 's.initiative_id')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.leftJoin('status_update as u', 'u.id', 's.update_id')
		.select(['s.entity_id', 'e.name', 'e.kind', 's.initiative_id', 'i.title'])
		.select(['s.freshness', 's.stage', 's.timing', 's.change'])
		.select(['u.progress_note', 'u.next_steps', 'u.support_needed', 'u.reason_code'])
		.where('s.basis', '=', await settled(db, meeting_id, basis))
		.where('s.meeting_id', '=', meeting_id)
		.where('x.scope_id', '=', scope_id);
	if (entity_id !== undefined) rows = rows.where('s.entity_id', '=', entity_id);
	const found = await rows.execute();
	const before = from_id === undefined ? new Map<string, Before>() : await stoodAt(db, from_id, basis, found);
	return found
		.map(({ progress_note, next_steps, support_needed, reason_code, ...row }) => {
			const fresh = isFresh(row.freshness);
			return {
				...row,
				before: before.get(`${row.initiative_id} ${row.entity_id}`) ?? null,
				note: (fresh && progress_note?.trim()) || null,
				next: (fresh && next_steps?.trim()) || null,
				support: (fresh && support_needed?.trim()) || null,
				reason: fresh ? reason_code : null
			};
		})
		.sort((a, b) => byName(a, b) || byName({ name: a.title }, { name: b.title }));
}

type Before = Awaited<ReturnType<typeof standingsAt>>[number];

const standingsAt = (db: Reader, meeting_id: string, basis: Basis, entities: string[]) =>
	db
		.selectFrom('standing')
		.select(['initiative_id', 'entity_id', 'freshness', 'stage', 'change'])
		.where('basis', '=', basis)
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', 'in', entities)
		.execute();

async function stoodAt(db: Reader, from_id: string, basis: Basis, found: readonly { entity_id: string }[]) {
	const entities = [...new Set(found.map(({ entity_id }) => entity_id))];
	if (entities.length === 0) return new Map<string, Before>();
	const rows = await standingsAt(db, from_id, await settled(db, from_id, basis), entities);
	return new Map(rows.map((row) => [`${row.initiative_id} ${row.entity_id}`, row]));
}
