import { expect, test } from 'vitest';
import * as users from '#lib/server/users.ts';
import { actions, load } from '../../src/routes/(app)/handover/+page.server.ts';
import { act, event } from '../support/act.ts';
import { person } from '../support/people.ts';
import { story } from '../support/story.ts';

type Data = {
	roles: { id: string }[];
	notes: { id: string; reported: { id: string; meeting: string }[]; followers: { name: string }[] }[];
};

test('a note tells what was last reported of each initiative, and who follows', async () => {
	const db = await story();
	const user = await person(db, 'national_coordinator', { entity_id: 'FJI' });
	await person(db, 'contributor', { entity_id: 'FJI', name: 'Next' });
	await person(db, 'contributor', { entity_id: 'JPN', name: 'Japan' });
	const data = (await load(event(db, '/handover', { user }) as never)) as Data;
	expect(data.notes).toMatchObject([{ id: 'FJI', followers: [{ name: 'Next' }] }]);
	expect(data.notes[0]?.reported.map(({ id }) => id)).toContain('single-window');
	expect(new Set(data.notes[0]?.reported.map(({ id }) => id)).size).toBe(data.notes[0]?.reported.length);
});

test('somebody sets the last day of a role of their own, today or later, and of no other', async () => {
	const db = await story();
	const user = await person(db, 'national_coordinator', { entity_id: 'FJI' });
	const other = await person(db, 'national_coordinator', { entity_id: 'JPN' });
	const grantOf = async (id: string) => (await users.get(db, id)).grants[0]!.id;
	const leave = (grant_id: string, to_on: string) =>
		act(actions.leave, event(db, '/handover', { user, form: { grant_id, to_on } }));
	expect(await leave(await grantOf(user.id), '2020-01-01')).toMatchObject({
		status: 422,
		data: { errors: { to_on: expect.stringContaining('today or a later day') } }
	});
	expect(await leave(await grantOf(other.id), '2099-01-01')).toEqual(await leave('guessed', '2099-01-01'));
	expect(await leave(await grantOf(user.id), '2099-01-01')).toEqual({ status: 303, to: '/handover?left' });
	expect(await users.grants(db, user.id, '2099-01-01')).toHaveLength(1);
	expect(await users.grants(db, user.id, '2099-01-02')).toEqual([]);
	expect(await users.grants(db, other.id, '2099-06-01')).toHaveLength(1);
});
