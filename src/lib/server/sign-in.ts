import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import { codeFrom, typed } from '#lib/domain/code.ts';
import * as attempts from './attempts.ts';
import * as outbox from './mail/outbox.ts';
import { signInMail } from './mail/sign-in.ts';
import { hashOf, keyFor, token } from './secret.ts';
import * as users from './users.ts';

// Signing in by a mail with a link and a code, both good once, for ten minutes, and only in the browser that asked. Whether an
// address is known here shows neither in words nor in what is done: the same rows are written either way.

const minute = 60_000;
export const goodFor = 10 * minute;
/** Wrong codes that one mail stands. */
const tries = 5;

export type Asked = {
	email: string;
	/** The token of the browser that asks, from its cookie. */
	browser: string;
	/** The machine that asks. */
	client: string;
	/** Where the link leads; nothing where we do not know our own address for certain. */
	origin: string | null;
	/** Where to go after. */
	to?: string | null;
};

/** Asks for a mail. Says no when too many were asked for, by this machine or for this address. */
export async function ask(db: Db, { email, browser, client, origin, to = null }: Asked): Promise<boolean> {
	const address = users.normal(email);
	const good = await attempts.within(db, [
		{ of: `ask by ${client}`, most: 60, within: 15 * minute },
		{ of: `ask for ${address}`, most: 5, within: 15 * minute }
	]);
	if (!good) return false;
	await transactAside(db, async (trx) => {
		const user = await users.idOf(trx, address);
		const link = token();
		const code = codeOf(link);
		const id = randomUUID();
		const now = Date.now();
		await trx
			.deleteFrom('sign_in')
			.where('expires_at', '<', at(now - 24 * 60 * minute))
			.execute();
		await trx
			.insertInto('sign_in')
			.values({
				id,
				email: address,
				user_id: user ?? null,
				link_hash: hashOf(link),
				code_hash: codeHash(id, code),
				browser_hash: hashOf(browser),
				tries: 0,
				created_at: at(now),
				expires_at: at(now + goodFor),
				used_at: null
			})
			.execute();
		const mail = signInMail({ code, link: origin && linkTo(origin, link, to) });
		if (user) await outbox.post(trx, { ...mail, to: address, user_id: user });
		else await outbox.drop(trx, { ...mail, text: '', to: address }, 'Nobody here has this address.');
	});
	return true;
}

function linkTo(origin: string, link: string, to: string | null) {
	return `${origin}/sign-in/link/${link}${to ? `?to=${encodeURIComponent(to)}` : ''}`;
}

/** What this browser has asked for and may still use, newest first. */
export function pending(db: Reader, browser: string | undefined) {
	return db
		.selectFrom('sign_in')
		.select(['id', 'email', 'user_id', 'link_hash', 'code_hash'])
		.where('browser_hash', '=', hashOf(browser ?? ''))
		.where('used_at', 'is', null)
		.where('tries', '<', tries)
		.where('expires_at', '>', at(Date.now()))
		.orderBy('created_at', 'desc')
		.limit(5)
		.execute();
}

/** `in`: this is who they are. `wrong`: no such code. `none`: nothing to try it on. `often`: too many tries. */
export type Entered = { is: 'in'; user_id: string } | { is: 'wrong' | 'none' | 'often' };

/** Tries a code that was typed in the browser that asked for it. Each try counts, right or wrong. */
export async function enter(
	db: Db,
	{ code, browser, client }: { code: string; browser: string | undefined; client: string }
): Promise<Entered> {
	const good = await attempts.within(db, [{ of: `code by ${client}`, most: 100, within: 15 * minute }]);
	if (!good) return { is: 'often' };
	return transactAside(db, async (trx): Promise<Entered> => {
		const asked = await pending(trx, browser);
		if (asked.length === 0) return { is: 'none' };
		for (const { id, code_hash, user_id } of asked) {
			const counted = await trx
				.updateTable('sign_in')
				.set((eb) => ({ tries: eb('tries', '+', 1) }))
				.where('id', '=', id)
				.where('tries', '<', tries)
				.executeTakeFirst();
			if (Number(counted.numUpdatedRows) === 0) continue;
			if (equal(code_hash, codeHash(id, typed(code)))) return use(trx, id, user_id);
		}
		return { is: (await pending(trx, browser)).length > 0 ? 'wrong' : 'none' };
	});
}

export type Followed =
	| { is: 'here'; id: string; email: string; user_id: string | null }
	| { is: 'elsewhere'; code: string }
	| { is: 'none' };

/** What a link from a mail is to this browser. Looking changes nothing: mail scanners look too. */
export async function follow(db: Reader, link: string, browser: string | undefined): Promise<Followed> {
	const row = await db
		.selectFrom('sign_in')
		.select(['id', 'email', 'user_id', 'browser_hash'])
		.where('link_hash', '=', hashOf(link))
		.where('used_at', 'is', null)
		.where('tries', '<', tries)
		.where('expires_at', '>', at(Date.now()))
		.executeTakeFirst();
	if (!row) return { is: 'none' };
	const { browser_hash, ...asked } = row;
	if (browser && equal(browser_hash, hashOf(browser))) return { is: 'here', ...asked };
	return { is: 'elsewhere', code: codeOf(link) };
}

/** Signs in by the link, in the browser that asked. */
export function press(db: Db, link: string, browser: string | undefined): Promise<Entered> {
	return transactAside(db, async (trx): Promise<Entered> => {
		const followed = await follow(trx, link, browser);
		return followed.is === 'here' ? use(trx, followed.id, followed.user_id) : { is: 'none' };
	});
}

/** Uses up what was asked for: of two who come at once, one is let in. */
async function use(trx: Db, id: string, user_id: string | null): Promise<Entered> {
	const used = await trx
		.updateTable('sign_in')
		.set({ used_at: at(Date.now()) })
		.where('id', '=', id)
		.where('used_at', 'is', null)
		.executeTakeFirst();
	const user = user_id === null ? undefined : await users.find(trx, { id: user_id });
	return user && Number(used.numUpdatedRows) === 1 ? { is: 'in', user_id: user.id } : { is: 'none' };
}

/** The code belongs to the link, so whoever holds the link can be shown it, and the database holds neither. */
function codeOf(link: string) {
	return codeFrom(createHmac('sha256', keyFor('sign-in code')).update(link).digest());
}

/** A code is short: without our key, all of them could be tried on a plain hash. */
function codeHash(id: string, code: string) {
	return createHmac('sha256', keyFor('sign-in code hash')).update(`${id} ${code}`).digest('base64url');
}

function equal(a: string, b: string) {
	return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
}

const at = (ms: number) => new Date(ms).toISOString();
