import { randomUUID } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { hashOf, token } from './secret.ts';
import * as users from './users.ts';

/** Over plain http a cookie can't be `Secure`, so it can't have the name that demands it either. */
export const cookieName = (secure: boolean) => (secure ? '__Host-waymark' : 'waymark');

const day = 86_400_000;
const idle = 14 * day;
const absolute = 60 * day;
/** How exactly we want to know when somebody was here last: not worth a write at each request. */
const noted = 5 * 60_000;

export type Session = { id: string; user: User };

/** Signs somebody in on a device. Gives the token, which is only ever in their cookie. */
export async function start(
	db: Db,
	user_id: string,
	{ way, device = null }: { way: string; device?: string | null }
): Promise<string> {
	const made = token();
	const now = Date.now();
	await transactAside(db, (trx) =>
		trx
			.insertInto('session')
			.values({
				token_hash: hashOf(made),
				id: randomUUID(),
				user_id,
				way,
				device: device && device.slice(0, 200),
				created_at: at(now),
				seen_at: at(now),
				expires_at: at(now + absolute)
			})
			.execute()
	);
	return made;
}

/** Who comes with this token; nobody when it has ended, lapsed, or its person was disabled. */
export async function find(db: Db, given: string): Promise<Session | undefined> {
	const now = Date.now();
	const token_hash = hashOf(given);
	const row = await db
		.selectFrom('session')
		.select(['id', 'user_id', 'seen_at'])
		.where('token_hash', '=', token_hash)
		.where('expires_at', '>', at(now))
		.where('seen_at', '>', at(now - idle))
		.executeTakeFirst();
	const user = row && (await users.find(db, { id: row.user_id }));
	if (!row || !user) return undefined;
	if (Date.parse(row.seen_at) < now - noted)
		await db
			.updateTable('session')
			.set({ seen_at: at(now) })
			.where('token_hash', '=', token_hash)
			.execute();
	return { id: row.id, user };
}

/** Where somebody is signed in, the device used last first. */
export function list(db: Reader, user_id: string) {
	return db
		.selectFrom('session')
		.select(['id', 'way', 'device', 'created_at', 'seen_at', 'expires_at'])
		.where('user_id', '=', user_id)
		.orderBy('seen_at', 'desc')
		.execute();
}

/** Ends one of somebody's sessions, or all but one. */
export async function end(db: Db, user_id: string, which: { id: string } | { allBut: string }) {
	await transactAside(db, (trx) => {
		const theirs = trx.deleteFrom('session').where('user_id', '=', user_id);
		return (
			'id' in which ? theirs.where('id', '=', which.id) : theirs.where('id', '<>', which.allBut)
		).execute();
	});
}

const at = (ms: number) => new Date(ms).toISOString();
