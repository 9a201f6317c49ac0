import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { EvidenceTable } from '#db/schema.ts';
import { may, type User } from '#lib/domain/access.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import * as audit from './audit.ts';
import { sideOf, type Place } from './drafts.ts';
import { kindOf, safeName } from './evidence/kind.ts';

const at = (db: Reader, { meeting_id, initiative_id, entity_id, side }: Place) =>
	db
		.selectFrom('evidence')
		.select(['id', 'name', 'type', 'size', 'added_by_name', 'added_at', 'update_id'])
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.where('side', '=', side)
		.where('removed_at', 'is', null)
		.orderBy('added_at')
		.orderBy('id');

/** The files kept for a report, those of an earlier submission too. */
export function list(db: Reader, place: Place) {
	return at(db, place).execute();
}

/** Keeps a file, under a name of ours. Says in a sentence what is wrong with one that is too large, or is not what it says. */
export async function attach(db: Db, actor: audit.Actor, place: Place, file: File) {
	const content = Buffer.from(await file.arrayBuffer());
	const { type } = await kindOf(file.name, content);
	return transactAside(db, async (trx) => {
		const id = randomUUID();
		const row = { id, name: safeName(file.name), type, size: content.length };
		await trx
			.insertInto('evidence')
			.values({
				...row,
				...place,
				content,
				update_id: null,
				added_by_name: actor.name,
				added_at: new Date().toISOString(),
				removed_at: null
			})
			.execute();
		const { side: _, ...about } = place;
		await audit.record(trx, actor, { act: 'attach', object: `evidence ${id}`, ...about, after: { type } });
		return row;
	});
}

/** Takes a file back that has not been submitted. Its bytes go, that it was there stays. */
export function detach(db: Db, actor: audit.Actor, place: Place, id: string) {
	return transactAside(db, async (trx) => {
		const found = (await at(trx, place).execute()).find((one) => one.id === id && one.update_id === null);
		if (!found) throw new NotFound('That file is not here any more.');
		await trx
			.updateTable('evidence')
			.set({ removed_at: new Date().toISOString(), content: Buffer.alloc(0) })
			.where('id', '=', id)
			.execute();
		const { side: _, ...about } = place;
		await audit.record(trx, actor, { act: 'detach', object: `evidence ${id}`, ...about });
	});
}

/** The files of a draft become those of the update it was submitted as. */
export async function settle(trx: Db, place: Place, update_id: string) {
	const open = (await at(trx, place).execute()).filter((one) => one.update_id === null);
	if (open.length === 0) return;
	await trx
		.updateTable('evidence')
		.set({ update_id })
		.where(
			'id',
			'in',
			open.map(({ id }) => id)
		)
		.execute();
}

/** The files that back these updates, for whoever may read all of them. */
export async function ofUpdates(db: Reader, update_ids: readonly string[]) {
	if (update_ids.length === 0) return [];
	return db
		.selectFrom('evidence')
		.select(['id', 'update_id', 'name'])
		.where('update_id', 'in', [...update_ids])
		.where('removed_at', 'is', null)
		.orderBy('name')
		.orderBy('id')
		.execute();
}

type Kept = Pick<EvidenceTable, 'entity_id' | 'initiative_id' | 'side' | 'update_id'>;

/** Before it is submitted, the side that wrote it; afterwards the entity's own people and whoever reviews. */
export async function mayOpen(db: Reader, user: User | undefined, file: Kept): Promise<boolean> {
	const scopes = await db
		.selectFrom('initiative_scope')
		.select('scope_id')
		.where('initiative_id', '=', file.initiative_id)
		.execute();
	return opens(
		user,
		file,
		scopes.map(({ scope_id }) => scope_id)
	);
}

function opens(user: User | undefined, { entity_id, side, update_id }: Kept, scopes: string[]) {
	if (may(user, 'report', { entity_id }) && (update_id !== null || sideOf(user, entity_id) === side))
		return true;
	return update_id !== null && may(user, 'review', { entity_id, scopes });
}

/** The files that back what was submitted of an initiative, of those that this reader may open. */
export async function ofInitiative(db: Reader, user: User | undefined, initiative_id: string) {
	if (!user) return [];
	const files = await db
		.selectFrom('evidence')
		.select(['id', 'name', 'entity_id', 'initiative_id', 'side', 'update_id'])
		.where('initiative_id', '=', initiative_id)
		.where('update_id', 'is not', null)
		.where('removed_at', 'is', null)
		.orderBy('name')
		.orderBy('id')
		.execute();
	if (files.length === 0) return [];
	const scopes = await db
		.selectFrom('initiative_scope')
		.select('scope_id')
		.where('initiative_id', '=', initiative_id)
		.execute();
	const under = scopes.map(({ scope_id }) => scope_id);
	return files
		.filter((file) => opens(user, file, under))
		.map(({ id, name, update_id }) => ({ id, name, update_id: update_id! }));
}

/** A file with its bytes. */
export async function get(db: Reader, id: string) {
	const row =
		canExist(id) &&
		(await db
			.selectFrom('evidence')
			.selectAll()
			.where('id', '=', id)
			.where('removed_at', 'is', null)
			.executeTakeFirst());
	if (!row) throw new NotFound('There is no such file.');
	return row;
}
