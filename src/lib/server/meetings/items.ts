import { transact, type Db, type Reader } from '#db/open.server.ts';
import { itemKinds, type Item, type ItemKind } from '#lib/domain/meeting-items.ts';
import * as audit from '../audit.ts';
import { hashOf } from '../secret.ts';

export type Items = Record<ItemKind, Item[]>;

/** A meeting's agenda, its papers, and what was decided. */
export async function read(db: Reader, meeting_id: string): Promise<Items> {
	const rows = await db
		.selectFrom('meeting_item')
		.select(['kind', 'text', 'url'])
		.where('meeting_id', '=', meeting_id)
		.orderBy('kind')
		.orderBy('position')
		.execute();
	const of = Map.groupBy(rows, ({ kind }) => kind);
	return Object.fromEntries(
		itemKinds.map((kind) => [kind, (of.get(kind) ?? []).map(({ text, url }) => ({ text, url }))])
	) as Items;
}

/** Names a state of the lists: who changes them says which one was in view. */
export function versionOf(items: Items) {
	return hashOf(JSON.stringify(items));
}

/** Writes the lists anew, unless somebody else has meanwhile: then nothing is written, and what is there comes back. */
export function write(
	db: Db,
	actor: audit.Actor,
	meeting_id: string,
	{ items, seen }: { items: Items; seen: string }
): Promise<{ kept: true } | { kept: false; other: Items }> {
	return transact(db, async (trx) => {
		const before = await read(trx, meeting_id);
		if (versionOf(before) !== seen) return { kept: false, other: before };
		await trx.deleteFrom('meeting_item').where('meeting_id', '=', meeting_id).execute();
		const rows = itemKinds.flatMap((kind) =>
			items[kind].map((item, position) => ({ meeting_id, kind, position, ...item }))
		);
		if (rows.length > 0) await trx.insertInto('meeting_item').values(rows).execute();
		await audit.record(trx, actor, {
			act: 'arrange',
			object: `meeting ${meeting_id}`,
			meeting_id,
			before,
			after: items
		});
		return { kept: true };
	});
}
