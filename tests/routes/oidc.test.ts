import { generateKeyPairSync } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import * as audit from '#lib/server/audit.ts';
import { addressOf } from '#lib/server/oidc.ts';
import { log } from '#lib/server/log.ts';
import * as users from '#lib/server/users.ts';
import { GET as callback } from '../../src/routes/(public)/sign-in/oidc/callback/+server.ts';
import { GET as begin } from '../../src/routes/(public)/sign-in/oidc/+server.ts';
import { act, event } from '../support/act.ts';
import { identityProvider } from '../support/identity-provider.ts';
import { person } from '../support/people.ts';
import { story } from '../support/story.ts';

log.level = 'silent';

const officer = { sub: 'abc', email: 'Officer@example.org', email_verified: true };

async function organisation() {
	const db = await story();
	const user = await person(db, 'viewer', { email: 'officer@example.org' });
	const provider = await identityProvider({ id: 'waymark', secret: 'its-secret' });
	onTestFinished(() => void provider.stop());
	const settings = {
		OIDC_ISSUER: provider.issuer,
		OIDC_CLIENT_ID: 'waymark',
		OIDC_CLIENT_SECRET: 'its-secret'
	};
	/** Presses the button, and goes where the provider sends one. */
	const go = async (jar: Map<string, string>, to = '') => {
		const response = await begin(event(db, `/sign-in/oidc${to}`, { settings, jar }) as never);
		const sent = await fetch(response.headers.get('location')!, { redirect: 'manual' });
		const back = new URL(sent.headers.get('location')!);
		return back.pathname + back.search;
	};
	const arrive = (path: string, jar: Map<string, string>) =>
		act(callback as never, event(db, path, { settings, jar }));
	return { db, user, provider, go, arrive };
}

test('whoever the organisation vouches for is signed in, and led to where they wanted to go', async () => {
	const { db, user, provider, go, arrive } = await organisation();
	provider.state.claims = officer;
	const jar = new Map<string, string>();
	expect(await arrive(await go(jar, '?to=/members'), jar)).toEqual({ status: 303, to: '/members' });
	expect(jar.has('waymark'), 'a session begins').toBe(true);
	const sessions = await db.selectFrom('session').select(['user_id', 'way']).execute();
	expect(sessions).toEqual([{ user_id: user.id, way: 'oidc' }]);

	provider.state.claims = { ...officer, email: 'married@example.org' };
	const later = new Map<string, string>();
	expect(await arrive(await go(later), later), 'known by more than the address').toEqual({
		status: 303,
		to: '/'
	});
});

test('an answer is good once, and only in the browser that asked', async () => {
	const { provider, go, arrive } = await organisation();
	provider.state.claims = officer;
	const jar = new Map<string, string>();
	const path = await go(jar);
	expect(await arrive(path, new Map())).toEqual({ status: 303, to: '/sign-in?refused=late' });
	const other = new Map<string, string>();
	await go(other);
	expect(await arrive(path, other)).toEqual({ status: 303, to: '/sign-in?refused=failed' });
	const copy = new Map(jar);
	expect(await arrive(path, jar)).toEqual({ status: 303, to: '/' });
	expect(await arrive(path, copy), 'played back').toEqual({ status: 303, to: '/sign-in?refused=failed' });
});

test('an answer that does not fit, or that nobody signed for, is refused', async () => {
	const { db, provider, go, arrive } = await organisation();
	provider.state.claims = officer;
	for (const wrong of [
		{ nonce: 'another' },
		{ aud: 'another' },
		{ iss: 'http://elsewhere.example' },
		{ exp: 1 },
		{ key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }
	]) {
		provider.state.wrong = wrong;
		const jar = new Map<string, string>();
		const outcome = await arrive(await go(jar), jar);
		expect(outcome, JSON.stringify(wrong)).toEqual({ status: 303, to: '/sign-in?refused=failed' });
	}
	provider.state.wrong = {};
	const jar = new Map<string, string>();
	const path = (await go(jar)).replace(/state=[^&]*/, 'state=guessed');
	expect(await arrive(path, jar)).toEqual({ status: 303, to: '/sign-in?refused=failed' });
	expect(await db.selectFrom('identity').selectAll().execute()).toEqual([]);
});

test('nobody is added: whom we do not know, or who was disabled, stays outside', async () => {
	const { db, user, provider, go, arrive } = await organisation();
	const come = async (claims: object) => {
		provider.state.claims = { ...claims };
		const jar = new Map<string, string>();
		return arrive(await go(jar), jar);
	};
	const outside = { status: 303, to: '/sign-in?refused=unknown' };
	expect(await come({ sub: 'x', email: 'nobody@example.org', email_verified: true })).toEqual(outside);
	expect(await come({ sub: 'x', email: officer.email }), 'an address nobody verified').toEqual(outside);
	expect(await come({ sub: 'x', email: officer.email, email_verified: 'true' })).toEqual(outside);
	await come(officer);
	await users.disable(db, audit.commandLine, user.id);
	expect(await come(officer)).toEqual(outside);
});

test('nothing leaves this machine before somebody presses the button, nor where nothing is set', async () => {
	const { db, provider } = await organisation();
	expect(provider.state.asked).toBe(0);
	for (const route of [begin, callback])
		expect(await act(route as never, event(db, '/sign-in/oidc'))).toMatchObject({ status: 404 });
	expect(provider.state.asked).toBe(0);
});

const tenant = 'https://login.microsoftonline.com/11111111-2222-3333-4444-555555555555/v2.0';

test.each([
	[{ iss: 'https://id.example.org', email: 'a@example.org', email_verified: true }, 'a@example.org'],
	[{ iss: 'https://id.example.org', email: 'a@example.org' }, undefined],
	[{ iss: 'https://id.example.org', preferred_username: 'a@example.org', email_verified: true }, undefined],
	[{ iss: tenant, email: 'a@example.org' }, 'a@example.org'],
	[{ iss: tenant, preferred_username: 'a@example.org' }, 'a@example.org'],
	[{ iss: tenant, preferred_username: '+6799' }, undefined],
	[{ iss: tenant.replace('login.', 'login.evil.'), email: 'a@example.org' }, undefined]
])('the address that is vouched for by %j', (claims, address) => {
	expect(addressOf({ sub: 's', ...claims })).toBe(address);
});
