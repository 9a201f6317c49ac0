import { expect, test } from 'vitest';
import { acts, may, mayEver } from '#lib/domain/access.ts';
import { verdict } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import { bearerOf } from '#lib/server/http/bearer.ts';
import * as tokens from '#lib/server/tokens.ts';
import * as users from '#lib/server/users.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';

async function fiji() {
	const db = await story();
	return { db, user: await person(db, 'national_coordinator', { entity_id: 'FJI' }) };
}

test('whoever holds a token acts in its owner’s name, within what it is for', async () => {
	const { db, user } = await fiji();
	const made = await tokens.issue(db, user, { name: 'Nightly', scopes: ['read', 'report'], days: 30 });
	const program = await tokens.find(db, made);
	expect(program).toMatchObject({ id: user.id, scopes: ['read', 'report'] });
	for (const act of acts) {
		expect(may(program, act, { entity_id: 'FJI' }), act).toBe(act === 'read' || act === 'report');
		expect(mayEver(program, act), act).toBe(act === 'read' || act === 'report');
	}
	expect(may(program, 'report', { entity_id: 'JPN' })).toBe(false);
});

test('a token never has more rights than its owner, nor than its owner has left', async () => {
	const { db, user } = await fiji();
	for (const scopes of [['freeze'], ['read', 'manage'], ['read', 'anything'], []])
		await expect(tokens.issue(db, user, { name: 'x', scopes, days: 7 })).rejects.toThrow(/token/);
	const made = await tokens.issue(db, user, { name: 'x', scopes: ['submit'], days: 7 });
	await db.deleteFrom('grant').execute();
	expect(may(await tokens.find(db, made), 'submit', { entity_id: 'FJI' })).toBe(false);
});

test('a token does not open what is its owner’s own', () => {
	const user = { id: 'u', name: 'U', email: 'u', grants: [], scopes: acts };
	const routes = ['/(app)/account', '/(app)/account/tokens'];
	for (const route_id of routes) {
		const asked = { route_id, method: 'GET', url: new URL('http://x/'), open: true };
		expect(verdict({ ...asked, user: { ...user, scopes: undefined } })).toBe('in');
		expect(verdict({ ...asked, user })).toBe('refuse');
	}
});

test('a token that lapsed, was revoked, or whose owner is disabled opens nothing', async () => {
	const { db, user } = await fiji();
	const issue = () => tokens.issue(db, user, { name: 'x', scopes: ['read'], days: 7 });
	const [lapsed, revoked, good] = [await issue(), await issue(), await issue()];
	const [, , first] = (await tokens.list(db, user.id)).reverse();
	for (const [token, change] of [
		[lapsed, { expires_at: '2020-01-01T00:00:00.000Z' }],
		[revoked, { revoked_at: '2020-01-01T00:00:00.000Z' }]
	] as const) {
		expect(await tokens.find(db, token)).toBeDefined();
		const { hashOf } = await import('#lib/server/secret.ts');
		await db.updateTable('api_token').set(change).where('token_hash', '=', hashOf(token)).execute();
		expect(await tokens.find(db, token)).toBeUndefined();
	}
	expect(first).toBeDefined();
	expect(await tokens.list(db, user.id)).toHaveLength(1);
	await users.disable(db, audit.commandLine, user.id);
	expect(await tokens.find(db, good)).toBeUndefined();
});

test('a token is revoked by its owner, and by nobody else', async () => {
	const { db, user } = await fiji();
	const made = await tokens.issue(db, user, { name: 'x', scopes: ['read'], days: 7 });
	const [{ id } = { id: '' }] = await tokens.list(db, user.id);
	const other = await person(db, 'viewer');
	await expect(tokens.revoke(db, other, id)).rejects.toThrow('no such token');
	await expect(tokens.revoke(db, user, 'guessed')).rejects.toThrow('no such token');
	await tokens.revoke(db, user, id);
	expect(await tokens.find(db, made)).toBeUndefined();
});

test('the database holds no token, and knows when one was used', async () => {
	const { db, user } = await fiji();
	const made = await tokens.issue(db, user, { name: 'x', scopes: ['read'], days: 7 });
	expect(await tokens.list(db, user.id)).toMatchObject([{ used_at: null }]);
	await tokens.find(db, made);
	expect(await tokens.list(db, user.id)).toMatchObject([{ used_at: expect.stringMatching(/^20/) }]);
	const rows = JSON.stringify([
		await db.selectFrom('api_token').selectAll().execute(),
		await db.selectFrom('audit_event').selectAll().execute()
	]);
	expect(rows).not.toContain(made.slice(8));
});

test.each([
	['Bearer waymark_abc', 'waymark_abc'],
	['bearer  waymark_abc ', 'waymark_abc'],
	['Bearer', ''],
	['Basic dXNlcjp3b3Jk', undefined],
	[null, undefined]
])('of %s the token is %s', (authorization, token) => {
	const headers = authorization === null ? undefined : { authorization };
	expect(bearerOf(new Request('http://x/', { headers }))).toBe(token === '' ? '' : token);
});
