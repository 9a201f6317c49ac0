import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { prepared } from '#db/prepared.ts';
import { acts, mayEver, type Act, type User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { routes } from './access/routes.ts';
import * as audit from './audit.ts';
import { hashOf, token } from './secret.ts';
import * as users from './users.ts';

// Keys for programs. Whoever holds one acts in its owner's name, and may do what both the key and its owner may.

/** So that a key that got somewhere it should not be is recognised for what it is. */
const prefix = 'waymark_';
const day = 86_400_000;
const noted = 5 * 60_000;

/** How long a token may be good, in days. */
export const lifetimes = [7, 30, 90, 365] as const;

/** What somebody may let a program do: whatever they may do themselves. */
export function scopesFor(user: User): Act[] {
	return acts.filter((act) => mayEver(user, act));
}

/** What some address of the API asks for. Tokens made for more than that stay as good as they were. */
export const useful = acts.filter(
	(act) =>
		act === 'read' ||
		Object.entries(routes).some(
			([route, doors]) => route.startsWith('/api/') && Object.values(doors).includes(act)
		)
);

export type NewToken = { name: string; scopes: string[]; days: number };

/** Makes a token and gives it away, this once: only its hash is kept. */
export async function issue(db: Db, user: User, { name, scopes, days }: NewToken): Promise<string> {
	const own = scopesFor(user);
	const wanted = own.filter((act) => scopes.includes(act));
	if (wanted.length === 0) throw new BadInput('Choose at least one thing the token may do.');
	if (wanted.length < new Set(scopes).size)
		throw new BadInput('A token can not do more than you may do yourself.');
	const made = prefix + token();
	const now = Date.now();
	const expires_at = at(now + days * day);
	await transactAside(db, async (trx) => {
		await trx
			.insertInto('api_token')
			.values({
				id: randomUUID(),
				user_id: user.id,
				name,
				token_hash: hashOf(made),
				scopes: wanted.join(' '),
				created_at: at(now),
				expires_at,
				used_at: null,
				revoked_at: null
			})
			.execute();
		const after = { scopes: wanted, expires_at };
		await audit.record(trx, audit.actorOf(user), { act: 'issue', object: `token ${name}`, after });
	});
	return made;
}

/** Whose token this is, with no more rights than it has; nobody when it is not one, has lapsed or was revoked. */
export async function find(db: Db, given: string): Promise<User | undefined> {
	if (!given.startsWith(prefix)) return undefined;
	const now = Date.now();
	const [row] = await good(db, { token_hash: hashOf(given), now: at(now) });
	if (!row) return undefined;
	const { token_id, used_at, scopes, ...user } = row;
	if (!used_at || Date.parse(used_at) < now - noted)
		await transactAside(db, (trx) =>
			trx
				.updateTable('api_token')
				.set({ used_at: at(now) })
				.where('id', '=', token_id)
				.execute()
		);
	const grants = await users.grants(db, user.id);
	return { ...user, grants, scopes: acts.filter((act) => scopes.split(' ').includes(act)) };
}

const good = prepared((db, { token_hash, now }: { token_hash: string; now: string }) =>
	db
		.selectFrom('api_token as t')
		.innerJoin('user as u', 'u.id', 't.user_id')
		.select(['t.id as token_id', 't.used_at', 't.scopes', 'u.id', 'u.name', 'u.email'])
		.where('t.token_hash', '=', token_hash)
		.where('t.expires_at', '>', now)
		.where('t.revoked_at', 'is', null)
		.where('u.disabled_at', 'is', null)
);

/** Somebody's tokens that are good still, newest first. */
export async function list(db: Reader, user_id: string) {
	const rows = await db
		.selectFrom('api_token')
		.select(['id', 'name', 'scopes', 'created_at', 'expires_at', 'used_at'])
		.where('user_id', '=', user_id)
		.where('revoked_at', 'is', null)
		.where('expires_at', '>', at(Date.now()))
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.execute();
	return rows.map((row) => ({ ...row, scopes: acts.filter((act) => row.scopes.split(' ').includes(act)) }));
}

/** Makes a token worthless, at once. */
export function revoke(db: Db, user: User, id: string) {
	return transactAside(db, async (trx) => {
		const revoked = await trx
			.updateTable('api_token')
			.set({ revoked_at: at(Date.now()) })
			.where('id', '=', id)
			.where('user_id', '=', user.id)
			.where('revoked_at', 'is', null)
			.returning('name')
			.executeTakeFirst();
		if (!revoked) throw new NotFound('There is no such token.');
		await audit.record(trx, audit.actorOf(user), { act: 'revoke', object: `token ${revoked.name}` });
		return revoked;
	});
}

const at = (ms: number) => new Date(ms).toISOString();
