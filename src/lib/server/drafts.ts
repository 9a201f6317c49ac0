import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { DraftTable, Side } from '#db/schema.ts';
import { entitiesOf, type User } from '#lib/domain/access.ts';
import { blank, fieldNames, fieldsOf, merge, type Conflict, type Fields } from '#lib/domain/draft.ts';
import * as audit from './audit.ts';

/** Where something is written: one initiative, for one round, by one entity, from one side. */
export type Place = { meeting_id: string; initiative_id: string; entity_id: string; side: Side };

export type Draft = Omit<DraftTable, 'fields'> & { fields: Fields };

/** Whose draft somebody writes: their own entity's, or the office's on behalf of another. */
export function sideOf(user: User, entity_id: string): Side {
	return entitiesOf(user).includes(entity_id) ? 'member' : 'office';
}

const read = (row: DraftTable): Draft => ({ ...row, fields: fieldsOf(JSON.parse(row.fields)) });

/** What has been written in a place so far. */
export async function find(db: Reader, place: Place): Promise<Draft | undefined> {
	const row = await of(db, place).where('initiative_id', '=', place.initiative_id).executeTakeFirst();
	return row && read(row);
}

type Answer = Omit<Place, 'initiative_id'>;

/** All drafts of an entity's answer to a round, submitted ones too. */
export async function list(db: Reader, answer: Answer): Promise<Draft[]> {
	return (await of(db, answer).orderBy('initiative_id').execute()).map(read);
}

/** Has whoever saves a draft of an answer wait until this transaction ends, and waits for whoever is saving one now. */
export async function hold(trx: Db, { meeting_id, entity_id, side }: Answer) {
	// Changing them to what they are takes the rows' locks on PostgreSQL; SQLite has one writer anyway.
	await trx
		.updateTable('draft')
		.set((eb) => ({ version: eb.ref('version') }))
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.where('side', '=', side)
		.execute();
}

const of = (db: Reader, { meeting_id, entity_id, side }: Answer) =>
	db
		.selectFrom('draft')
		.selectAll()
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.where('side', '=', side);

export type Saved = {
	version: number;
	saved_at: string;
	saved_by_name: string;
	fields: Fields;
	/** Fields that somebody else changed to something else meanwhile: theirs stands, what was sent is kept aside. */
	conflicts: Conflict[];
};

type Given = { version: number; fields: Fields; opening?: Fields; again?: boolean };

/**
 * Keeps what somebody typed, on top of the version they had before them. What others have saved since is brought together
 * with it field by field. Whatever is given here is found again: in the draft, or set aside in its history. `again` says that
 * it may have been taken before: then only what was not is new.
 */
export function save(
	db: Db,
	actor: audit.Actor,
	place: Place,
	{ version, fields: given, opening = blank, again = false }: Given
): Promise<Saved> {
	return transactAside(db, async (trx) => {
		const draft = await locked(trx, actor, place, opening);
		const known = version === draft.version ? draft.fields : await asOf(trx, draft.id, version);
		const base = known ?? opening;
		const all = fieldsOf(given);
		const mine = again ? await untaken(trx, draft.id, actor, { version, base, mine: all }) : all;
		const { fields, conflicts } = merge(base, draft.fields, mine);
		const at = new Date().toISOString();
		const who = { saved_at: at, saved_by: actor.user_id, saved_by_name: actor.name };
		const changed = fieldNames.filter((name) => fields[name] !== draft.fields[name]);
		const next = draft.version + (changed.length > 0 ? 1 : 0);
		if (conflicts.length > 0) await keep(trx, draft.id, draft.version, 'aside', mine, who);
		if (changed.length > 0) {
			await trx
				.updateTable('draft')
				.set({ version: next, fields: JSON.stringify(fields), ...who, update_id: null })
				.where('id', '=', draft.id)
				.execute();
			await keep(trx, draft.id, next, 'saved', fields, who);
		}
		if (changed.length > 0 || conflicts.length > 0)
			// Which fields, not their words: those are for this side alone, and whoever reads the trail is not.
			await audit.record(trx, actor, {
				act: place.side === 'office' ? 'draft_on_behalf' : 'draft',
				object: `initiative ${place.initiative_id}`,
				meeting_id: place.meeting_id,
				initiative_id: place.initiative_id,
				entity_id: place.entity_id,
				after: { version: next, changed, set_aside: conflicts.map(({ field }) => field) }
			});
		const last = changed.length > 0 ? who : draft;
		return { version: next, saved_at: last.saved_at, saved_by_name: last.saved_by_name, fields, conflicts };
	});
}

/** The draft, made where there is none, and held until this transaction ends: whoever saves next sees what we saved. */
async function locked(trx: Db, actor: audit.Actor, place: Place, opening: Fields): Promise<Draft> {
	const { meeting_id, initiative_id, entity_id, side } = place;
	await trx
		.insertInto('draft')
		.values({
			id: randomUUID(),
			meeting_id,
			initiative_id,
			entity_id,
			side,
			version: 0,
			fields: JSON.stringify(opening),
			saved_at: new Date().toISOString(),
			saved_by: actor.user_id,
			saved_by_name: actor.name,
			update_id: null
		})
		.onConflict((c) =>
			// Changing it to what it is takes the row's lock on PostgreSQL; SQLite has one writer anyway.
			c
				.columns(['meeting_id', 'entity_id', 'initiative_id', 'side'])
				.doUpdateSet((eb) => ({ version: eb.ref('draft.version') }))
		)
		.execute();
	return (await find(trx, place))!;
}

type Who = { saved_at: string; saved_by: string | null; saved_by_name: string };

function keep(trx: Db, draft_id: string, version: number, kind: 'saved' | 'aside', fields: Fields, who: Who) {
	return trx
		.insertInto('draft_revision')
		.values({ id: randomUUID(), draft_id, version, kind, fields: JSON.stringify(fields), ...who })
		.execute();
}

async function asOf(db: Reader, draft_id: string, version: number): Promise<Fields | undefined> {
	const row = await db
		.selectFrom('draft_revision')
		.select('fields')
		.where('draft_id', '=', draft_id)
		.where('version', '=', version)
		.where('kind', '=', 'saved')
		.executeTakeFirst();
	return row && fieldsOf(JSON.parse(row.fields));
}

/** What somebody wrote, less what was taken from them after that version: whoever changed it since had read it. */
async function untaken(
	db: Reader,
	draft_id: string,
	{ user_id }: audit.Actor,
	{ version, base, mine }: { version: number; base: Fields; mine: Fields }
): Promise<Fields> {
	if (user_id === null) return mine;
	const rows = await db
		.selectFrom('draft_revision')
		.select('fields')
		.where('draft_id', '=', draft_id)
		.where('version', '>', version)
		.where('kind', '=', 'saved')
		.where('saved_by', '=', user_id)
		.execute();
	const taken = rows.map(({ fields }) => fieldsOf(JSON.parse(fields)));
	const left = { ...mine };
	for (const name of fieldNames)
		if (taken.some((fields) => fields[name] === mine[name])) left[name] = base[name];
	return left;
}

/** Every state a draft was in, and what was set aside, oldest first. */
export async function history(db: Reader, draft_id: string) {
	const rows = await db
		.selectFrom('draft_revision')
		.selectAll()
		.where('draft_id', '=', draft_id)
		.orderBy('saved_at')
		.orderBy('version')
		.execute();
	return rows.map((row) => ({ ...row, fields: fieldsOf(JSON.parse(row.fields)) }));
}

/** Says that these drafts are submitted as they stand. */
export async function settle(trx: Db, id: string, update_id: string) {
	await trx.updateTable('draft').set({ update_id }).where('id', '=', id).execute();
}
