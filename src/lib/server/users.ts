import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { Grant, Role, User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { byName } from '#lib/domain/text.ts';
import * as audit from './audit.ts';

/** An address as it is kept and looked up. */
export function normal(email: string) {
	return email.trim().toLowerCase();
}

const today = () => new Date().toISOString().slice(0, 10);

/** Somebody who may sign in, with the roles in force on a day. Nothing when there is nobody, or they are disabled. */
export async function find(
	db: Reader,
	by: { id: string } | { email: string },
	day = today()
): Promise<User | undefined> {
	const [user] = 'id' in by ? await byId(db, by) : await byEmail(db, { email: normal(by.email) });
	return user && { ...user, grants: await grants(db, user.id, day) };
}

const enabled = (db: Reader) =>
	db.selectFrom('user').select(['id', 'name', 'email']).where('disabled_at', 'is', null);
const byId = prepared((db, { id }: { id: string }) => enabled(db).where('id', '=', id));
const byEmail = prepared((db, { email }: { email: string }) => enabled(db).where('email', '=', email));

/** Who may sign in with an address: one question, whether there is somebody or not. */
export async function idOf(db: Reader, email: string): Promise<string | undefined> {
	const row = await db
		.selectFrom('user')
		.select('id')
		.where('email', '=', normal(email))
		.where('disabled_at', 'is', null)
		.executeTakeFirst();
	return row?.id;
}

/** The zone somebody wants days and hours told in, where they chose one. */
export async function timeZone(db: Reader, user_id: string): Promise<string | null> {
	const row = await db.selectFrom('user').select('time_zone').where('id', '=', user_id).executeTakeFirst();
	return row?.time_zone ?? null;
}

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

/** Everybody, disabled ones too, with all roles they ever held. By name. */
export async function list(db: Reader) {
	const users = await db.selectFrom('user').selectAll().execute();
	const all = Map.groupBy(
		await db.selectFrom('grant').selectAll().orderBy('from_on').orderBy('id').execute(),
		({ user_id }) => user_id
	);
	return users.sort(byName).map((user) => ({ ...user, grants: all.get(user.id) ?? [] }));
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

/** Somebody with every role they ever held, disabled or not; for those who manage people. */
export async function get(db: Reader, id: string) {
	const user = await db.selectFrom('user').selectAll().where('id', '=', id).executeTakeFirst();
	if (!user) throw new NotFound('There is nobody at this address.');
	const held = await db
		.selectFrom('grant')
		.selectAll()
		.where('user_id', '=', id)
		.orderBy('from_on', 'desc')
		.orderBy('id')
		.execute();
	return { ...user, grants: held };
}

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

export type NewUser = { email: string; name: string; time_zone?: string | null };

/** Adds somebody, without a role yet. An address that is taken is refused. */
export function add(db: Db, actor: audit.Actor, { email, name, time_zone = null }: NewUser) {
	return transactAside(db, async (trx) => {
		const user = { id: randomUUID(), email: normal(email), name: name.trim() };
		const taken = await trx
			.selectFrom('user')
			.select('id')
			.where('email', '=', user.email)
			.executeTakeFirst();
		if (taken) throw new BadInput(`${user.email} is somebody's address already. Give that person the role.`);
		await trx
			.insertInto('user')
			.values({ ...user, time_zone, created_at: new Date().toISOString(), disabled_at: null })
			.execute();
		await audit.record(trx, actor, { act: 'add', object: `user ${user.email}`, after: { name: user.name } });
		return user;
	});
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

/** Adds somebody with a role; whoever has the address already keeps their name and is given the role too. */
export function addWithRole(
	db: Db,
	actor: audit.Actor,
	{ email, name, grant: wanted }: NewUser & { grant: NewGrant }
) {
	return transactAside(db, async (trx) => {
		const known = await trx
			.selectFrom('user')
			.select(['id', 'email', 'name', 'disabled_at'])
			.where('email', '=', normal(email))
			.executeTakeFirst();
		if (known?.disabled_at)
			throw new BadInput(
				`${known.email} was disabled. Whoever runs this installation can let them in again.`
			);
		const { id, ...user } = known ?? (await add(trx, actor, { email, name }));
		const held = await grants(trx, id);
		const { role, entity_id = null, element_id = null } = wanted;
		if (
			held.some(
				(each) => each.role === role && each.entity_id === entity_id && each.element_id === element_id
			)
		)
			throw new BadInput(`${user.email} has this role already.`);
		await grant(trx, actor, id, wanted);
		return { id, email: user.email, name: user.name };
	});
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

/** Shuts somebody out: no sign-in, and every session and token of theirs ends. What they did stays. */
export function disable(db: Db, actor: audit.Actor, user_id: string) {
	return transactAside(db, async (trx) => {
		const now = new Date().toISOString();
		const user = await trx.selectFrom('user').selectAll().where('id', '=', user_id).executeTakeFirst();
		if (!user) throw new NotFound('There is nobody of that name.');
		if (user.disabled_at) throw new BadInput(`${user.email} is disabled already.`);
		await trx.updateTable('user').set({ disabled_at: now }).where('id', '=', user_id).execute();
		await trx.deleteFrom('session').where('user_id', '=', user_id).execute();
		await trx
			.updateTable('api_token')
			.set({ revoked_at: now })
			.where('user_id', '=', user_id)
			.where('revoked_at', 'is', null)
			.execute();
		await audit.record(trx, actor, { act: 'disable', object: `user ${user.email}` });
	});
}

/** Lets somebody in again who was disabled. The roles that have not ended hold again. */
export function enable(db: Db, actor: audit.Actor, user_id: string) {
	return transactAside(db, async (trx) => {
		const user = await trx.selectFrom('user').selectAll().where('id', '=', user_id).executeTakeFirst();
		if (!user) throw new NotFound('There is nobody of that name.');
		if (!user.disabled_at) throw new BadInput(`${user.email} is not disabled.`);
		await trx.updateTable('user').set({ disabled_at: null }).where('id', '=', user_id).execute();
		await audit.record(trx, actor, { act: 'enable', object: `user ${user.email}` });
	});
}

/** Changes the name others see, and the time zone that days and hours are told in. */
export function describe(
	db: Db,
	actor: audit.Actor,
	user_id: string,
	wanted: { name: string; time_zone: string | null }
) {
	return transactAside(db, async (trx) => {
		const before = await trx
			.selectFrom('user')
			.select(['name', 'time_zone'])
			.where('id', '=', user_id)
			.executeTakeFirst();
		if (!before) throw new NotFound('There is nobody of that name.');
		if (before.name === wanted.name && before.time_zone === wanted.time_zone) return;
		await trx.updateTable('user').set(wanted).where('id', '=', user_id).execute();
		await audit.record(trx, actor, { act: 'describe', object: `user ${user_id}`, before, after: wanted });
	});
}
