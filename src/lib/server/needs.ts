import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { byName } from '#lib/domain/text.ts';
import { settled } from './progress.ts';

export type Need = Awaited<ReturnType<typeof list>>[number];

/**
 * The support asked for in a round under a plan or an element of it: who, for which initiative, in what words. By name of the
 * Member, then of the initiative. Only what was said for this very meeting: a need that is carried forward was not raised again.
 */
export async function list(
	db: Reader,
	{
		scope_id,
		meeting_id,
		entity_id,
		basis = 'known'
	}: { scope_id: string; meeting_id: string; entity_id?: string; basis?: Basis }
) {
	let rows = db
		.selectFrom('standing as s')
		.innerJoin('initiative_scope as x', 'x.initiative_id', 's.initiative_id')
		.innerJoin('status_update as u', 'u.id', 's.update_id')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.innerJoin('initiative as i', 'i.id', 's.initiative_id')
		.select(['s.entity_id', 'e.name', 's.initiative_id', 'i.title', 'u.support_needed as text'])
		.where('s.basis', '=', await settled(db, meeting_id, basis))
		.where('s.meeting_id', '=', meeting_id)
		.where('s.freshness', 'in', ['reported', 'confirmed'])
		.where('x.scope_id', '=', scope_id)
		.where('u.support_needed', 'is not', null);
	if (entity_id !== undefined) rows = rows.where('s.entity_id', '=', entity_id);
	const found = await rows.execute();
	return found
		.map(({ text, ...row }) => ({ ...row, text: text!.trim() }))
		.filter(({ text }) => text !== '')
		.sort((a, b) => byName(a, b) || byName({ name: a.title }, { name: b.title }));
}
