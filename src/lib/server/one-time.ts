import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import * as audit from './audit.ts';
import { hashOf, token } from './secret.ts';
import * as users from './users.ts';

// Addresses that the command line and the start print, each good once: for whoever can't be sent a mail.

const hour = 3_600_000;
const goodFor = 24 * hour;

/** Makes the token of an address that sets up an installation nobody can sign in to yet; nothing where somebody can. */
export async function forSetup(db: Db): Promise<string | undefined> {
	if (await hasPeople(db)) return undefined;
	return transactAside(db, (trx) => make(trx, { purpose: 'setup', user_id: null }));
}

/** Makes the token of an address that signs somebody in. */
export function forSignIn(db: Db, actor: audit.Actor, user: { id: string; email: string }): Promise<string> {
	return transactAside(db, async (trx) => {
		await audit.record(trx, actor, { act: 'link', object: `user ${user.email}` });
		return make(trx, { purpose: 'sign_in', user_id: user.id });
	});
}

async function make(trx: Db, of: { purpose: 'setup' | 'sign_in'; user_id: string | null }) {
	const made = token();
	const now = Date.now();
	await trx.deleteFrom('one_time_link').where('expires_at', '<', at(now)).execute();
	await trx
		.insertInto('one_time_link')
		.values({
			...of,
			token_hash: hashOf(made),
			created_at: at(now),
			expires_at: at(now + goodFor),
			used_at: null
		})
		.execute();
	return made;
}

/** Whom an address would sign in. Looking uses nothing up. */
export async function look(db: Reader, given: string) {
	const row = await good(db, 'sign_in', given).executeTakeFirst();
	return row?.user_id ? users.find(db, { id: row.user_id }) : undefined;
}

/** Is this the address that sets the installation up? Not once there is somebody. */
export async function opensSetup(db: Reader, given: string) {
	const row = await good(db, 'setup', given).executeTakeFirst();
	return row !== undefined && !(await hasPeople(db));
}

function good(db: Reader, purpose: 'setup' | 'sign_in', given: string) {
	return db
		.selectFrom('one_time_link')
		.select('user_id')
		.where('token_hash', '=', hashOf(given))
		.where('purpose', '=', purpose)
		.where('used_at', 'is', null)
		.where('expires_at', '>', at(Date.now()));
}

/** Uses a sign-in address up, and says whom it signs in. Of two who come at once, one is let in. */
export function use(db: Db, given: string) {
	return transactAside(db, async (trx) => {
		const user = await look(trx, given);
		return user && (await spend(trx, given)) ? user : undefined;
	});
}

/** Makes the first administrator, and says who it is; nobody where the address is no longer good. */
export function setUp(db: Db, given: string, first: users.NewUser) {
	return transactAside(db, async (trx) => {
		if (!(await opensSetup(trx, given)) || !(await spend(trx, given))) return undefined;
		const user = await users.add(trx, audit.waymark, first);
		await users.grant(trx, audit.waymark, user.id, { role: 'administrator' });
		return user;
	});
}

async function spend(trx: Db, given: string) {
	const spent = await trx
		.updateTable('one_time_link')
		.set({ used_at: at(Date.now()) })
		.where('token_hash', '=', hashOf(given))
		.where('used_at', 'is', null)
		.executeTakeFirst();
	return Number(spent.numUpdatedRows) === 1;
}

/** Is there anybody who could sign in? Until then only the set-up address leads in. */
export async function hasPeople(db: Reader) {
	return (await db.selectFrom('user').select('id').limit(1).executeTakeFirst()) !== undefined;
}

const at = (ms: number) => new Date(ms).toISOString();
