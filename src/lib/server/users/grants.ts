import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { Grant, Role } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { byName } from '#lib/domain/text.ts';
import * as audit from '../audit.ts';

const today = () => new Date().toISOString().slice(0, 10);

/** The roles somebody holds on a day. */
export function grants(db: Reader, user_id: string, day = today()): Promise<Grant[]> {
	return held(db, { user_id, day });
}

const held = prepared((db, { user_id, day }: { user_id: string; day: string }) =>
	db
		.selectFrom('grant')
		.select(['role', 'entity_id', 'element_id'])
		.where('user_id', '=', user_id)
		.where('from_on', '<=', day)
		.where((eb) => eb.or([eb('to_on', 'is', null), eb('to_on', '>=', day)]))
		.orderBy('from_on')
		.orderBy('id')
);

/** A role by its id, whoever holds it. */
export function heldAs(db: Reader, grant_id: string) {
	return db.selectFrom('grant').selectAll().where('id', '=', grant_id).executeTakeFirst();
}

/** Those who act for an entity on a day: its contributors and coordinators. */
export async function contacts(db: Reader, entity_id?: string, day = today()) {
	const rows = await db
		.selectFrom('grant as g')
		.innerJoin('user as u', 'u.id', 'g.user_id')
		.select(['u.id', 'u.name', 'u.email', 'g.role', 'g.entity_id'])
		.where('u.disabled_at', 'is', null)
		.where('g.entity_id', 'is not', null)
		.$if(entity_id !== undefined, (q) => q.where('g.entity_id', '=', entity_id!))
		.where('g.from_on', '<=', day)
		.where((eb) => eb.or([eb('g.to_on', 'is', null), eb('g.to_on', '>=', day)]))
		.execute();
	return rows.sort(byName);
}

/** Whoever acts for one of these entities, now or from a later day on, with the role that lets them. By name. */
export async function colleagues(db: Reader, entity_ids: readonly string[], day = today()) {
	const rows = await db
		.selectFrom('grant as g')
		.innerJoin('user as u', 'u.id', 'g.user_id')
		.select([
			'g.id as grant_id',
			'u.id',
			'u.name',
			'u.email',
			'g.role',
			'g.entity_id',
			'g.from_on',
			'g.to_on'
		])
		.where('u.disabled_at', 'is', null)
		.where('g.entity_id', 'in', entity_ids.length > 0 ? [...entity_ids] : [''])
		.where((eb) => eb.or([eb('g.to_on', 'is', null), eb('g.to_on', '>=', day)]))
		.execute();
	return rows.sort(byName);
}

export type NewGrant = {
	role: Role;
	entity_id?: string | null | undefined;
	element_id?: string | null | undefined;
	from_on?: string | undefined;
	to_on?: string | null | undefined;
};

/** Gives somebody a role. Says which entity or element the role needs, and whether there is such a one. */
export function grant(db: Db, actor: audit.Actor, user_id: string, wanted: NewGrant) {
	return transactAside(db, async (trx) => {
		const { role, entity_id = null, element_id = null, from_on = today(), to_on = null } = wanted;
		await fits(trx, { role, entity_id, element_id });
		if (to_on !== null && to_on < from_on) throw new BadInput('A role ends on the day it begins, or later.');
		const id = randomUUID();
		await trx
			.insertInto('grant')
			.values({
				id,
				user_id,
				role,
				entity_id,
				element_id,
				from_on,
				to_on,
				granted_by: actor.user_id,
				granted_at: new Date().toISOString()
			})
			.execute();
		const after = { role, entity_id, element_id, from_on, to_on };
		await audit.record(trx, actor, { act: 'grant', object: `user ${user_id}`, entity_id, after });
		return id;
	});
}

async function fits(db: Reader, { role, entity_id, element_id }: Grant) {
	const needsEntity = role === 'contributor' || role === 'national_coordinator';
	if (needsEntity !== (entity_id !== null))
		throw new BadInput(
			needsEntity ? `A ${role} acts for an entity: name it, for example FJI.` : `A ${role} has no entity.`
		);
	if ((role === 'area_coordinator') !== (element_id !== null))
		throw new BadInput(
			role === 'area_coordinator'
				? 'An area coordinator answers for a plan element: name it, for example rsp-2022-2024:FA1.'
				: `A ${role} has no plan element.`
		);
	const found = async (table: 'entity' | 'plan_element', id: string) =>
		db.selectFrom(table).select('id').where('id', '=', id).executeTakeFirst();
	if (entity_id !== null && !(await found('entity', entity_id)))
		throw new NotFound(`There is no entity "${entity_id}".`);
	if (element_id !== null && !(await found('plan_element', element_id)))
		throw new NotFound(`There is no plan element "${element_id}".`);
}

/** Ends a role as of yesterday, so that it holds no longer; one that began today never held. */
export function endGrant(db: Db, actor: audit.Actor, grant_id: string) {
	return transactAside(db, async (trx) => {
		const held = await trx.selectFrom('grant').selectAll().where('id', '=', grant_id).executeTakeFirst();
		if (!held) throw new NotFound('There is no such role.');
		const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
		if (held.from_on > yesterday) await trx.deleteFrom('grant').where('id', '=', grant_id).execute();
		else await trx.updateTable('grant').set({ to_on: yesterday }).where('id', '=', grant_id).execute();
		const { role, entity_id, element_id } = held;
		await audit.record(trx, actor, {
			act: 'end_grant',
			object: `user ${held.user_id}`,
			entity_id,
			before: { role, entity_id, element_id }
		});
	});
}

/** Sets the last day of a role: today or later, and not before it begins. */
export function endGrantOn(db: Db, actor: audit.Actor, grant_id: string, to_on: string) {
	return transactAside(db, async (trx) => {
		const held = await heldAs(trx, grant_id);
		if (!held || (held.to_on !== null && held.to_on < today())) throw new NotFound('There is no such role.');
		if (to_on < today() || to_on < held.from_on)
			throw new BadInput('Choose today or a later day, and none before the role begins.');
		await trx.updateTable('grant').set({ to_on }).where('id', '=', grant_id).execute();
		const { role, entity_id, element_id } = held;
		await audit.record(trx, actor, {
			act: 'end_grant',
			object: `user ${held.user_id}`,
			entity_id,
			before: { role, entity_id, element_id, to_on: held.to_on },
			after: { to_on }
		});
	});
}
