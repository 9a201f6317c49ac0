import type { Db, Reader } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { changed, didWhat } from '#lib/domain/trail-words.ts';
import * as audit from './audit.ts';

export const pageSize = 100;

export type Filters = {
	act?: string | undefined;
	/** Part of a name. */
	who?: string | undefined;
	entity?: string | undefined;
	meeting?: string | undefined;
	initiative?: string | undefined;
	/** Days, both included. */
	from?: string | undefined;
	to?: string | undefined;
};

const linesOf = (db: Reader) =>
	db
		.selectFrom('audit_event')
		.select(['seq', 'at', 'user_id', 'actor', 'act', 'object', 'entity_id', 'meeting_id', 'initiative_id'])
		.select(['before', 'after']);

/** A page of the trail, newest first: the lines before line `before`. `next` leads on. */
export async function page(db: Reader, filters: Filters, before?: number) {
	let rows = linesOf(db)
		.orderBy('seq', 'desc')
		.limit(pageSize + 1);
	const { act, who, entity, meeting, initiative, from, to } = filters;
	if (before !== undefined) rows = rows.where('seq', '<', before);
	if (act !== undefined) rows = rows.where('act', '=', act);
	if (who !== undefined)
		rows = rows.where((eb) => eb(eb.fn('lower', ['actor']), 'like', `%${pattern(who)}%`));
	if (entity !== undefined) rows = rows.where('entity_id', '=', entity);
	if (meeting !== undefined) rows = rows.where('meeting_id', '=', meeting);
	if (initiative !== undefined) rows = rows.where('initiative_id', '=', initiative);
	if (from !== undefined) rows = rows.where('at', '>=', from);
	if (to !== undefined) rows = rows.where('at', '<', `${to}U`);
	const found = await rows.execute();
	const shown = found.slice(0, pageSize);
	return {
		lines: await named(db, shown.map(told)),
		next: found.length > pageSize ? shown.at(-1)!.seq : null
	};
}

/** As part of a name: any letter stands for one that has a meaning in a pattern, or a case that one of the engines does not know. */
function pattern(who: string) {
	return who.toLowerCase().replace(/[^\x20-\x7e]|[\\%_]/gu, '_');
}

/** Everything that can be asked for as an act. */
export async function acts(db: Reader) {
	const rows = await db.selectFrom('audit_event').select('act').distinct().orderBy('act').execute();
	return rows.map(({ act }) => act);
}

/** Following more lines than this at each look would keep readers waiting: they ask for it, or `waymark check` does it. */
const atOnce = 20_000;

/** The newest link, and whether the chain holds as far as it was followed. */
export async function state(db: Db, { follow }: { follow: boolean }) {
	const head = await audit.head(db);
	const followed = follow || head.seq <= atOnce;
	return { ...head, followed, faults: followed ? await audit.verify(db) : [] };
}

/** May this person read the history of an initiative? Its people may, and whoever reads the whole trail. */
export function readsTrail(user: User | undefined, { entities }: { entities: readonly { id: string }[] }) {
	return may(user, 'read_trail') || entities.some(({ id }) => may(user, 'read_trail', { entity_id: id }));
}

/** The history of an initiative, newest first. What was done for another entity only is left out. */
export async function ofInitiative(db: Reader, user: User, id: string) {
	const initiative = await db
		.selectFrom('initiative')
		.select(['id', 'title'])
		.where('id', '=', id)
		.executeTakeFirst();
	const entities = await db
		.selectFrom('initiative_entity')
		.select('entity_id as id')
		.where('initiative_id', '=', id)
		.execute();
	// An initiative of others answers as if there were none.
	if (!initiative || !readsTrail(user, { entities }))
		throw new NotFound('There is no history here that you may read.');
	const rows = await linesOf(db).where('initiative_id', '=', id).orderBy('seq', 'desc').execute();
	const theirs = rows.filter(({ entity_id }) => entity_id === null || may(user, 'read_trail', { entity_id }));
	return { initiative, lines: await named(db, theirs.map(told)) };
}

export type Told = ReturnType<typeof told>;

function told({
	before,
	after,
	act,
	...line
}: Awaited<ReturnType<ReturnType<typeof linesOf>['execute']>>[number]) {
	return { ...line, act, did: didWhat(act), changes: changed(before, after) };
}

/** People are kept by their ids, which never change; readers know them by name. */
async function named<Line extends { object: string }>(db: Reader, lines: Line[]) {
	const idOf = ({ object }: Line) => /^user ([0-9a-f-]{36})$/.exec(object)?.[1];
	const ids = [...new Set(lines.flatMap((line) => idOf(line) ?? []))];
	if (ids.length === 0) return lines;
	const users = await db.selectFrom('user').select(['id', 'name']).where('id', 'in', ids).execute();
	const names = new Map(users.map(({ id, name }) => [id, name]));
	return lines.map((line) => ({ ...line, object: names.get(idOf(line) ?? '') ?? line.object }));
}
