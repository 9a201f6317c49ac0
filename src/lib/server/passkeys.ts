import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import * as attempts from './attempts.ts';
import * as audit from './audit.ts';
import * as users from './users.ts';

// The library is loaded when the first passkey is made or used: most starts need none.
const library = () => import('@simplewebauthn/server');

/** The site a passkey belongs to: it works nowhere else. */
export type Site = { id: string; origin: string };

const day = 86_400_000;

/** Passkeys need https, or the reader's own machine. */
export function siteOf(url: URL): Site | undefined {
	const fit = url.protocol === 'https:' || url.hostname === 'localhost';
	return fit ? { id: url.hostname, origin: url.origin } : undefined;
}

/** Somebody's passkeys, newest first. */
export function list(db: Reader, user_id: string) {
	return db
		.selectFrom('passkey')
		.select(['id', 'name', 'created_at', 'used_at'])
		.where('user_id', '=', user_id)
		.orderBy('created_at', 'desc')
		.execute();
}

/** Has this person none yet? */
export async function hasNone(db: Reader, user_id: string) {
	return (await list(db, user_id)).length === 0;
}

/** What the browser is asked to make a passkey with. */
export async function making(db: Reader, user: User, { id }: Site) {
	const { generateRegistrationOptions } = await library();
	const rows = await list(db, user.id);
	return generateRegistrationOptions({
		rpName: 'Waymark',
		rpID: id,
		userName: user.email,
		userDisplayName: user.name,
		userID: new TextEncoder().encode(user.id),
		attestationType: 'none',
		excludeCredentials: rows.map((row) => ({ id: row.id })),
		authenticatorSelection: { residentKey: 'required', userVerification: 'required' }
	});
}

type Made = { response: string; challenge: string; site: Site; name: string };

/** Keeps a passkey that the browser made. */
export async function keep(db: Db, user: User, { response, challenge, site, name }: Made) {
	const { verifyRegistrationResponse } = await library();
	await once(db, challenge);
	const { verified, registrationInfo } = await verifyRegistrationResponse({
		response: parsed<RegistrationResponseJSON>(response),
		expectedChallenge: challenge,
		expectedOrigin: site.origin,
		expectedRPID: site.id,
		requireUserVerification: true
	}).catch(refuse);
	if (!verified) throw new BadInput(failed);
	const { credential } = registrationInfo;
	await transactAside(db, async (trx) => {
		const taken = await trx
			.selectFrom('passkey')
			.select('id')
			.where('id', '=', credential.id)
			.executeTakeFirst();
		if (taken) throw new BadInput('This passkey is kept here already.');
		await trx
			.insertInto('passkey')
			.values({
				id: credential.id,
				user_id: user.id,
				public_key: Buffer.from(credential.publicKey).toString('base64url'),
				counter: credential.counter,
				transports: credential.transports?.join(' ') ?? null,
				name,
				created_at: new Date().toISOString(),
				used_at: null
			})
			.execute();
		await audit.record(trx, audit.actorOf(user), { act: 'add', object: `passkey ${name}` });
	});
}

/** What the browser is asked to sign in with. It offers the passkeys it has: no address has to be typed. */
export async function using({ id }: Site) {
	const { generateAuthenticationOptions } = await library();
	return generateAuthenticationOptions({ rpID: id, userVerification: 'required', allowCredentials: [] });
}

type Used = { response: string; challenge: string; site: Site };

/** Whom a passkey signs in. Refuses, in one sentence whatever is wrong, what does not prove who they are. */
export async function use(db: Db, { response, challenge, site }: Used): Promise<User> {
	const { verifyAuthenticationResponse } = await library();
	const given = parsed<AuthenticationResponseJSON>(response);
	const row = await db
		.selectFrom('passkey')
		.selectAll()
		.where('id', '=', String(given.id))
		.executeTakeFirst();
	await once(db, challenge);
	const user = row && (await users.find(db, { id: row.user_id }));
	if (!row || !user) throw new BadInput(failed);
	const { verified, authenticationInfo } = await verifyAuthenticationResponse({
		response: given,
		expectedChallenge: challenge,
		expectedOrigin: site.origin,
		expectedRPID: site.id,
		requireUserVerification: true,
		credential: {
			id: row.id,
			publicKey: new Uint8Array(Buffer.from(row.public_key, 'base64url')),
			counter: row.counter
		}
	}).catch(refuse);
	if (!verified) throw new BadInput(failed);
	await transactAside(db, (trx) =>
		trx
			.updateTable('passkey')
			.set({ counter: authenticationInfo.newCounter, used_at: new Date().toISOString() })
			.where('id', '=', row.id)
			.execute()
	);
	return user;
}

export function remove(db: Db, user: User, id: string) {
	return transactAside(db, async (trx) => {
		const row = await trx
			.deleteFrom('passkey')
			.where('id', '=', id)
			.where('user_id', '=', user.id)
			.returning('name')
			.executeTakeFirst();
		if (!row) throw new NotFound('There is no such passkey.');
		await audit.record(trx, audit.actorOf(user), { act: 'remove', object: `passkey ${row.name}` });
	});
}

const failed = 'This passkey did not work here. Try again, or ask for a mail to sign in with.';

/** A challenge is answered once: what was caught on the way can't be played back. */
async function once(db: Db, challenge: string) {
	if (!(await attempts.within(db, [{ of: `challenge ${challenge}`, most: 1, within: day }])))
		throw new BadInput(failed);
}

function parsed<T>(text: string): T {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null) return value as T;
	} catch {
		// Refused below, like everything else that is not an answer of a browser.
	}
	throw new BadInput(failed);
}

function refuse(): never {
	throw new BadInput(failed);
}
