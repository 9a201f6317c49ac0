import type { Configuration } from 'openid-client';
import { transactAside, type Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import * as audit from './audit.ts';
import type { Settings } from './settings.ts';
import * as users from './users.ts';

// Signing in through an organisation (OpenID Connect). The library is loaded, and the provider asked what it can do, when
// somebody first presses the button: nothing goes out where nobody set it up.
const library = () => import('openid-client');

type Setup = Pick<Settings, 'OIDC_ISSUER' | 'OIDC_CLIENT_ID' | 'OIDC_CLIENT_SECRET'>;

let known: { issuer: string; of: Promise<Configuration> } | undefined;

/** What the provider says of itself, asked once; asked again after it did not answer. */
function provider({ OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET = '' }: Setup) {
	if (known?.issuer === OIDC_ISSUER) return known.of;
	const asked = { issuer: OIDC_ISSUER, of: discover(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET) };
	known = asked;
	asked.of.catch(() => {
		if (known === asked) known = undefined;
	});
	return asked.of;
}

async function discover(issuer: string, id: string, secret: string) {
	const { allowInsecureRequests, discovery, enableNonRepudiationChecks } = await library();
	const plain = issuer.startsWith('http:');
	return discovery(new URL(issuer), id, secret, undefined, {
		timeout: 10,
		// What is signed is checked too, although it comes straight from the provider.
		execute: [enableNonRepudiationChecks, ...(plain ? [allowInsecureRequests] : [])]
	});
}

/** What has to come back with the answer, kept in the browser meanwhile. */
export type Sent = { state: string; nonce: string; verifier: string };

/** Where to send somebody, and what their answer has to fit. */
export async function send(setup: Setup, redirect_uri: string): Promise<{ to: string; sent: Sent }> {
	const config = await provider(setup);
	const oidc = await library();
	const verifier = oidc.randomPKCECodeVerifier();
	const sent = { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier };
	const to = oidc.buildAuthorizationUrl(config, {
		redirect_uri,
		scope: 'openid email profile',
		state: sent.state,
		nonce: sent.nonce,
		code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
		code_challenge_method: 'S256'
	});
	return { to: to.href, sent };
}

/** Who came back, as the provider vouches for them. Throws when the answer does not fit what was sent. */
export async function receive(setup: Setup, answer: URL, sent: Sent): Promise<Claims> {
	const config = await provider(setup);
	const { authorizationCodeGrant, fetchUserInfo } = await library();
	const tokens = await authorizationCodeGrant(config, answer, {
		pkceCodeVerifier: sent.verifier,
		expectedState: sent.state,
		expectedNonce: sent.nonce,
		idTokenExpected: true
	});
	const claims = tokens.claims()!;
	const more =
		claims.email === undefined && config.serverMetadata().userinfo_endpoint
			? await fetchUserInfo(config, tokens.access_token, claims.sub)
			: {};
	return { ...more, ...claims };
}

export type Claims = {
	iss: string;
	sub: string;
	email?: unknown;
	email_verified?: unknown;
	preferred_username?: unknown;
};

/** Whom the provider speaks of: somebody it spoke of before, or else whoever has the address it vouches for. Nobody is added. */
export function recognise(db: Db, claims: Claims): Promise<User | undefined> {
	const { iss: issuer, sub: subject } = claims;
	return transactAside(db, async (trx) => {
		const before = await trx
			.selectFrom('identity')
			.select('user_id')
			.where('issuer', '=', issuer)
			.where('subject', '=', subject)
			.executeTakeFirst();
		if (before) return users.find(trx, { id: before.user_id });
		const email = addressOf(claims);
		const user = email ? await users.find(trx, { email }) : undefined;
		if (!user) return undefined;
		await trx
			.insertInto('identity')
			.values({ issuer, subject, user_id: user.id, created_at: new Date().toISOString() })
			.execute();
		const event = { act: 'recognise', object: `user ${user.email}`, after: { issuer } };
		await audit.record(trx, audit.waymark, event);
		return user;
	});
}

/**
 * The address a provider vouches for. Entra ID does not say whether it has verified one; there, only those who run the tenant
 * can set it, and the settings allow no issuer but a tenant.
 */
export function addressOf({ iss, email, email_verified, preferred_username }: Claims): string | undefined {
	const entra = /^https:\/\/login\.microsoftonline\.(com|us)\/[0-9a-f-]{36}\/v2\.0$/.test(iss);
	const given = entra ? (email ?? preferred_username) : email_verified === true ? email : undefined;
	return typeof given === 'string' && given.includes('@') ? given : undefined;
}
