import { expect, test, vi } from 'vitest';
import * as audit from '#lib/server/audit.ts';
import * as oneTime from '#lib/server/one-time.ts';
import { offerSetup } from '#lib/server/set-up.ts';
import { read } from '#lib/server/settings.ts';
import * as users from '#lib/server/users.ts';
import { emptyDatabase } from '../../support/database.ts';
import { person } from '../../support/people.ts';

const first = { name: 'First', email: 'first@example.org' };

test('the first administrator is made once, by whoever has the address', async () => {
	const db = await emptyDatabase();
	const token = (await oneTime.forSetup(db))!;
	expect(await oneTime.setUp(db, `${token}x`, first)).toBeUndefined();
	const outcomes = await Promise.all([oneTime.setUp(db, token, first), oneTime.setUp(db, token, first)]);
	expect(outcomes.filter(Boolean)).toHaveLength(1);
	expect(await users.find(db, { email: first.email })).toMatchObject({ grants: [{ role: 'administrator' }] });
	expect(await oneTime.opensSetup(db, token)).toBe(false);
	expect(await oneTime.forSetup(db), 'and no start offers it again').toBeUndefined();
});

test('each start prints a new address while nobody can sign in, and none after', async () => {
	const db = await emptyDatabase();
	const said = vi.spyOn(console, 'log').mockImplementation(() => {});
	const settings = read({ ORIGIN: 'https://waymark.example.org' });
	await offerSetup(db, settings);
	await offerSetup(db, settings);
	const tokens = said.mock.calls.map(
		([line]) => /waymark\.example\.org\/setup\/([\w-]{43})$/.exec(line)![1]!
	);
	expect(new Set(tokens).size).toBe(2);
	await oneTime.setUp(db, tokens[0]!, first);
	expect(await oneTime.opensSetup(db, tokens[1]!), 'an older address dies with the need for it').toBe(false);
	await offerSetup(db, settings);
	expect(said).toHaveBeenCalledTimes(2);
	said.mockRestore();
});

test('a printed link signs in once, within a day, and not somebody who was disabled', async () => {
	const db = await emptyDatabase();
	const viewer = await person(db, 'viewer');
	const link = () => oneTime.forSignIn(db, audit.commandLine, viewer);
	const [once, late, out] = [await link(), await link(), await link()];
	expect(await oneTime.look(db, once)).toMatchObject({ id: viewer.id });
	expect(await oneTime.use(db, once)).toMatchObject({ id: viewer.id });
	expect(await oneTime.use(db, once)).toBeUndefined();
	expect(await oneTime.opensSetup(db, late), 'and sets nothing up').toBe(false);
	vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 25 * 3_600_000 });
	expect(await oneTime.use(db, late)).toBeUndefined();
	vi.useRealTimers();
	await users.disable(db, audit.commandLine, viewer.id);
	expect(await oneTime.use(db, out)).toBeUndefined();
});
