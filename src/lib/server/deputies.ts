import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { entitiesOf, type User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import * as audit from './audit.ts';
import * as users from './users.ts';

const today = () => new Date().toISOString().slice(0, 10);

/** Who stands in for somebody, now or later, and for whom they stand in. */
export async function of(db: Reader, user_id: string) {
	const rows = (mine: 'user_id' | 'deputy_id', other: 'user_id' | 'deputy_id') =>
		db
			.selectFrom('deputy as d')
			.innerJoin('user as u', 'u.id', `d.${other}`)
			.select(['d.id', 'u.name', 'd.from_on', 'd.to_on'])
			.where(`d.${mine}`, '=', user_id)
			.where('d.to_on', '>=', today())
			.orderBy('d.from_on')
			.orderBy('d.id')
			.execute();
	return { deputies: await rows('user_id', 'deputy_id'), stands_in_for: await rows('deputy_id', 'user_id') };
}

/** Who may stand in for somebody: those who report for an entity of theirs too. */
export async function colleagues(db: Reader, user: User): Promise<{ id: string; name: string }[]> {
	const found = new Map<string, string>();
	for (const entity_id of entitiesOf(user))
		for (const { id, name } of await users.contacts(db, entity_id)) if (id !== user.id) found.set(id, name);
	return [...found].map(([id, name]) => ({ id, name }));
}

export type Standing = { deputy_id: string; from_on: string; to_on: string };

/** Names a deputy for a time. */
export function name(db: Db, user: User, { deputy_id, from_on, to_on }: Standing) {
	return transactAside(db, async (trx) => {
		if (!(await colleagues(trx, user)).some(({ id }) => id === deputy_id))
			throw new NotFound('There is no such colleague of yours. Choose one from the list.');
		if (to_on < from_on || to_on < today())
			throw new BadInput('The last day must be the first day or later, and not have passed.');
		const row = { id: randomUUID(), user_id: user.id, deputy_id, from_on, to_on };
		await trx.insertInto('deputy').values(row).execute();
		await audit.record(trx, audit.actorOf(user), {
			act: 'name_deputy',
			object: `user ${user.id}`,
			after: { deputy_id, from_on, to_on }
		});
	});
}

/** Ends a deputy's time at once. Either of the two may. */
export function end(db: Db, user: User, id: string) {
	return transactAside(db, async (trx) => {
		const row = await trx
			.selectFrom('deputy')
			.selectAll()
			.where('id', '=', id)
			.where((eb) => eb.or([eb('user_id', '=', user.id), eb('deputy_id', '=', user.id)]))
			.executeTakeFirst();
		if (!row) throw new NotFound('There is no such deputy.');
		await trx.deleteFrom('deputy').where('id', '=', id).execute();
		const { user_id, deputy_id, from_on, to_on } = row;
		await audit.record(trx, audit.actorOf(user), {
			act: 'end_deputy',
			object: `user ${user_id}`,
			before: { deputy_id, from_on, to_on }
		});
	});
}
