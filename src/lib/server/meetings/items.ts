import { transact, type Db, type Reader } from '#db/open.server.ts';
import { lineOf, type Came } from '#lib/domain/attendance.ts';
import { itemKinds, type Item, type ItemKind } from '#lib/domain/meeting-items.ts';
import * as audit from '../audit.ts';
import * as meetings from '../meetings.ts';
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

/** All that the office writes as lists: the above, and who came by which source. */
export type Lists = Items & { attendance: Came[] };

export async function lists(db: Reader, meeting_id: string): Promise<Lists> {
	const came = await meetings.attendance(db, meeting_id);
	return { ...(await read(db, meeting_id)), attendance: came.map(({ meeting_id: _, ...one }) => one) };
}

/** Names a state of the lists: who changes them says which one was in view. */
export function versionOf(lists: Lists) {
	return hashOf(JSON.stringify(lists));
}

/** Writes the lists anew, unless somebody else has meanwhile: then nothing is written, and what is there comes back. */
export function write(
	db: Db,
	actor: audit.Actor,
	meeting_id: string,
	{ items, attendance, seen }: { items: Items; attendance?: Came[] | undefined; seen: string }
): Promise<{ kept: true } | { kept: false; other: Lists }> {
	return transact(db, async (trx) => {
		const before = await lists(trx, meeting_id);
		if (versionOf(before) !== seen) return { kept: false, other: before };
		await trx.deleteFrom('meeting_item').where('meeting_id', '=', meeting_id).execute();
		const rows = itemKinds.flatMap((kind) =>
			items[kind].map((item, position) => ({ meeting_id, kind, position, ...item }))
		);
		if (rows.length > 0) await trx.insertInto('meeting_item').values(rows).execute();
		const came = attendance ? await count(trx, meeting_id, before.attendance, attendance) : before.attendance;
		await audit.record(trx, actor, {
			act: 'arrange',
			object: `meeting ${meeting_id}`,
			meeting_id,
			before,
			after: { ...items, attendance: came }
		});
		return { kept: true };
	});
}

/** Writes who came. A line that was there already stays the row it was made of. */
async function count(trx: Db, meeting_id: string, before: readonly Came[], attendance: readonly Came[]) {
	const rows = attendance.flatMap((one) => {
		const same = before.filter((other) => lineOf(other) === lineOf(one));
		return same.length > 0 ? same : [one];
	});
	await trx.deleteFrom('attendance').where('meeting_id', '=', meeting_id).execute();
	if (rows.length > 0)
		await trx
			.insertInto('attendance')
			.values(rows.map((row) => ({ meeting_id, ...row })))
			.execute();
	return rows;
}
