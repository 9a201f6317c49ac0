import { randomInt } from 'node:crypto';
import type { Db, Reader } from '#db/open.server.ts';
import type { ReceiptTable } from '#db/schema.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { byName } from '#lib/domain/text.ts';

/** A receipt with everything that was submitted with it, as it was. */
export async function get(db: Reader, reference: string) {
	const row =
		canExist(reference) &&
		(await db
			.selectFrom('receipt as r')
			.innerJoin('meeting as m', 'm.id', 'r.meeting_id')
			.innerJoin('entity as e', 'e.id', 'r.entity_id')
			.selectAll('r')
			.select(['m.title as meeting', 'e.name as entity'])
			.where('r.reference', '=', reference)
			.executeTakeFirst());
	if (!row) throw new NotFound(`There is no receipt "${reference}".`);
	const { update_ids, ...receipt } = row;
	return { ...receipt, updates: await updatesOf(db, JSON.parse(update_ids)) };
}

async function updatesOf(db: Reader, ids: string[]) {
	if (ids.length === 0) return [];
	const rows = await db
		.selectFrom('status_update as u')
		.innerJoin('initiative as i', 'i.id', 'u.initiative_id')
		.selectAll('u')
		.select('i.title')
		.where('u.id', 'in', ids)
		.execute();
	return rows.sort((a, b) => byName({ name: a.title }, { name: b.title }));
}

/** The receipts of an entity's answer, newest first. */
export function list(db: Reader, { meeting_id, entity_id }: { meeting_id: string; entity_id: string }) {
	return db
		.selectFrom('receipt')
		.select(['reference', 'submitted_at', 'submitted_by_name', 'channel'])
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.orderBy('submitted_at', 'desc')
		.execute();
}

/** Letters that can not be taken for another, on paper or on the telephone. */
const letters = '346789ACEFHJKMNPQRTWXY';

/** Writes a receipt, and gives its reference. */
export async function issue(trx: Db, row: Omit<ReceiptTable, 'reference'>): Promise<string> {
	for (;;) {
		const four = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
		const reference = `${row.entity_id.toUpperCase().slice(0, 12)}-${four()}`;
		const added = await trx
			.insertInto('receipt')
			.values({ reference, ...row })
			.onConflict((c) => c.column('reference').doNothing())
			.executeTakeFirst();
		if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0) return reference;
	}
}
