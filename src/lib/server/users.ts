import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import type { User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { byName } from '#lib/domain/text.ts';
import * as audit from './audit.ts';
import { grant, grants, type NewGrant } from './users/grants.ts';

export {
	colleagues,
	contacts,
	endGrant,
	endGrantOn,
	grant,
	grants,
	heldAs,
	type NewGrant
} from './users/grants.ts';

/** An address as it is kept and looked up. */
export function normal(email: string) {
	return email.trim().toLowerCase();
}

/** Somebody who may sign in, with the roles in force on a day. Nothing when there is nobody, or they are disabled. */
export async function find(
	db: Reader,
	by: { id: string } | { email: string },
	day?: string
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

/** Everybody, disabled ones too, with all roles they ever held. By name. */
export async function list(db: Reader) {
	const users = await db.selectFrom('user').selectAll().execute();
	const all = Map.groupBy(
		await db.selectFrom('grant').selectAll().orderBy('from_on').orderBy('id').execute(),
		({ user_id }) => user_id
	);
	return users.sort(byName).map((user) => ({ ...user, grants: all.get(user.id) ?? [] }));
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
