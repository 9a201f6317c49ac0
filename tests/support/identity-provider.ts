import { createHash, createSign, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Wrong = { nonce?: string; aud?: string; iss?: string; exp?: number; key?: KeyObject };
type Grant = { nonce: string; challenge: string; redirect_uri: string };

/**
 * An OpenID provider on this machine that vouches for whoever it was told to. `wrong` bends its next answer. It checks what a
 * real one checks: the client's secret, the redirect address, the code challenge, and each code once.
 */
export async function identityProvider(client: { id: string; secret: string }) {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const grants = new Map<string, Grant>();
	const state = { claims: {} as Record<string, unknown>, wrong: {} as Wrong, asked: 0 };

	const server = createServer(async (request, response) => {
		const url = new URL(request.url!, issuer);
		state.asked++;
		const say = (status: number, body: unknown) => {
			response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
		};
		if (url.pathname === '/.well-known/openid-configuration')
			return say(200, {
				issuer,
				authorization_endpoint: `${issuer}/authorize`,
				token_endpoint: `${issuer}/token`,
				jwks_uri: `${issuer}/keys`,
				response_types_supported: ['code'],
				subject_types_supported: ['public'],
				id_token_signing_alg_values_supported: ['RS256']
			});
		if (url.pathname === '/keys')
			return say(200, {
				keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }]
			});
		if (url.pathname === '/authorize') {
			const given = (name: string) => url.searchParams.get(name) ?? '';
			const code = randomUUID();
			grants.set(code, {
				nonce: given('nonce'),
				challenge: given('code_challenge'),
				redirect_uri: given('redirect_uri')
			});
			const back = new URL(given('redirect_uri'));
			back.searchParams.set('code', code);
			back.searchParams.set('state', given('state'));
			return response.writeHead(302, { location: back.href }).end();
		}
		if (url.pathname === '/token') {
			let body = '';
			for await (const part of request) body += part;
			const form = new URLSearchParams(body);
			const grant = grants.get(form.get('code') ?? '');
			grants.delete(form.get('code') ?? '');
			const verifier = createHash('sha256')
				.update(form.get('code_verifier') ?? '')
				.digest('base64url');
			const good =
				grant &&
				verifier === grant.challenge &&
				form.get('redirect_uri') === grant.redirect_uri &&
				form.get('client_id') === client.id &&
				form.get('client_secret') === client.secret;
			if (!good) return say(400, { error: 'invalid_grant' });
			const { key = privateKey, ...bent } = state.wrong;
			const now = Math.floor(Date.now() / 1000);
			const claims = {
				iss: issuer,
				aud: client.id,
				iat: now,
				exp: now + 300,
				nonce: grant.nonce,
				...state.claims,
				...bent
			};
			return say(200, {
				access_token: 'a',
				token_type: 'Bearer',
				expires_in: 300,
				id_token: signed(claims, key)
			});
		}
		say(404, {});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return { issuer, state, stop: () => server.close() };
}

function signed(claims: object, key: KeyObject) {
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const said = `${part({ alg: 'RS256', kid: 'one' })}.${part(claims)}`;
	return `${said}.${createSign('RSA-SHA256').update(said).sign(key, 'base64url')}`;
}
