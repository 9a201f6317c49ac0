import { expect, test } from 'vitest';
import { revision } from '#lib/server/http/revision.ts';
import * as audit from '#lib/server/audit.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as users from '#lib/server/users.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';

test('somebody signs in, is recognised, and signs out', async () => {
	const db = await story();
	const before = await revision(db);
	const fiji = await person(db, 'contributor', { entity_id: 'FJI', email: 'Officer@Example.org ' });
	const token = await sessions.start(db, fiji.id, { way: 'mail' });
	const session = await sessions.find(db, token);
	expect(session?.user).toMatchObject({
		email: 'officer@example.org',
		grants: [{ role: 'contributor', entity_id: 'FJI', element_id: null }]
	});
	expect(await sessions.find(db, `${token}x`)).toBeUndefined();
	await sessions.end(db, fiji.id, { id: session!.id });
	expect(await sessions.find(db, token)).toBeUndefined();
	expect(await revision(db), 'what is published has not changed').toBe(before);
});

test('the database holds no token', async () => {
	const db = await story();
	const viewer = await person(db, 'viewer');
	const token = await sessions.start(db, viewer.id, { way: 'mail' });
	const rows = await db.selectFrom('session').selectAll().execute();
	expect(JSON.stringify(rows)).not.toContain(token);
});

test('a session ends by itself when it is not used, and after its time', async () => {
	const db = await story();
	const viewer = await person(db, 'viewer');
	for (const past of ['seen_at', 'expires_at'] as const) {
		const token = await sessions.start(db, viewer.id, { way: 'mail' });
		await db
			.updateTable('session')
			.set({ [past]: '2020-01-01T00:00:00.000Z' })
			.execute();
		expect(await sessions.find(db, token), past).toBeUndefined();
	}
});

test('whoever is disabled is out at once, everywhere, and stays in the trail', async () => {
	const db = await story();
	const viewer = await person(db, 'viewer');
	const token = await sessions.start(db, viewer.id, { way: 'mail' });
	await users.disable(db, audit.commandLine, viewer.id);
	expect(await sessions.find(db, token)).toBeUndefined();
	expect(await users.find(db, { id: viewer.id })).toBeUndefined();
	await expect(users.disable(db, audit.commandLine, viewer.id)).rejects.toThrow('disabled already');
	const acts = await db.selectFrom('audit_event').select('act').orderBy('seq').execute();
	expect(acts.map(({ act }) => act)).toEqual(['add', 'grant', 'disable']);
});

test('a role holds from its first day to its last', async () => {
	const db = await story();
	const { id } = await users.add(db, audit.commandLine, { email: 'a@example.org', name: 'A' });
	await users.grant(db, audit.commandLine, id, {
		role: 'viewer',
		from_on: '2022-01-01',
		to_on: '2022-12-31'
	});
	for (const [day, roles] of [
		['2021-12-31', 0],
		['2022-01-01', 1],
		['2022-12-31', 1],
		['2023-01-01', 0]
	] as const)
		expect(await users.grants(db, id, day), day).toHaveLength(roles);
});

test('a role that is ended holds no longer', async () => {
	const db = await story();
	const { id } = await users.add(db, audit.commandLine, { email: 'a@example.org', name: 'A' });
	for (const from_on of ['2022-01-01', undefined]) {
		const grant = await users.grant(db, audit.commandLine, id, { role: 'viewer', from_on });
		await users.endGrant(db, audit.commandLine, grant);
		expect(await users.grants(db, id)).toEqual([]);
	}
	await expect(users.endGrant(db, audit.commandLine, 'guessed')).rejects.toThrow('no such role');
});

test.each([
	[{ role: 'contributor' }, 'acts for an entity'],
	[{ role: 'contributor', entity_id: 'XXX' }, 'no entity "XXX"'],
	[{ role: 'viewer', entity_id: 'FJI' }, 'has no entity'],
	[{ role: 'area_coordinator' }, 'answers for a plan element'],
	[{ role: 'area_coordinator', element_id: 'rsp-2022-2024:FA9' }, 'no plan element'],
	[{ role: 'viewer', from_on: '2022-02-01', to_on: '2022-01-01' }, 'ends on the day it begins, or later']
] as const)('a role that does not fit is refused: %j', async (wanted, sentence) => {
	const db = await story();
	const { id } = await users.add(db, audit.commandLine, { email: 'a@example.org', name: 'A' });
	await expect(users.grant(db, audit.commandLine, id, wanted)).rejects.toThrow(sentence);
	await expect(users.add(db, audit.commandLine, { email: ' A@example.org', name: 'B' })).rejects.toThrow(
		'already'
	);
});
