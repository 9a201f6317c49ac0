import type { Reader } from '#db/open.server.ts';
import { byName } from '#lib/domain/text.ts';

export type OpenRound = Awaited<ReturnType<typeof openRounds>>[number];

/** The rounds that were opened and are not frozen yet, the one due first first. */
export function openRounds(db: Reader) {
	return db
		.selectFrom('round_opening as o')
		.innerJoin('meeting as m', 'm.id', 'o.meeting_id')
		.leftJoin('freeze as f', 'f.meeting_id', 'o.meeting_id')
		.select(['o.meeting_id', 'o.opened_at', 'o.due_at', 'o.time_zone', 'm.series', 'm.number', 'm.title'])
		.where('f.meeting_id', 'is', null)
		.orderBy('o.due_at')
		.orderBy('o.meeting_id')
		.execute();
}

export type Missing = Map<
	string,
	{ entity: { id: string; name: string }; returned: boolean; initiatives: { id: string; title: string }[] }
>;

/** Who has not answered a round, and what is missing of them, by initiative. Whoever submitted or is excused is not here. */
export async function missing(db: Reader, meeting_id: string): Promise<Missing> {
	const rows = await db
		.selectFrom('standing as s')
		.innerJoin('entity as e', 'e.id', 's.entity_id')
		.innerJoin('initiative as i', 'i.id', 's.initiative_id')
		.leftJoin('submission as a', (join) =>
			join.onRef('a.entity_id', '=', 's.entity_id').onRef('a.meeting_id', '=', 's.meeting_id')
		)
		.select(['s.entity_id', 'e.name as entity', 's.initiative_id', 'i.title', 's.freshness', 'a.state'])
		.where('s.basis', '=', 'known')
		.where('s.meeting_id', '=', meeting_id)
		.where((eb) => eb.or([eb('a.state', 'is', null), eb('a.state', 'in', ['draft', 'returned'])]))
		.execute();
	const found: Missing = new Map();
	for (const { entity_id, entity, initiative_id, title, freshness, state } of rows) {
		const of = found.get(entity_id) ?? {
			entity: { id: entity_id, name: entity },
			returned: state === 'returned',
			initiatives: []
		};
		found.set(entity_id, of);
		if (freshness === 'missing' || freshness === 'carried') of.initiatives.push({ id: initiative_id, title });
	}
	for (const { initiatives } of found.values())
		initiatives.sort((a, b) => byName({ name: a.title }, { name: b.title }));
	return found;
}
