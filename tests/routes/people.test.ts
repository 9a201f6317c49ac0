import { expect, test } from 'vitest';
import * as users from '#lib/server/users.ts';
import { actions as people, load } from '../../src/routes/(app)/people/+page.server.ts';
import { actions as admin } from '../../src/routes/(app)/admin/+page.server.ts';
import { actions as one, load as loadOne } from '../../src/routes/(app)/admin/people/[id]/+page.server.ts';
import { act, event } from '../support/act.ts';
import { person } from '../support/people.ts';
import { story } from '../support/story.ts';

async function region() {
	const db = await story();
	const fiji = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Fiji' });
	const japan = await person(db, 'contributor', { entity_id: 'JPN', name: 'Japan' });
	const office = await person(db, 'vice_chair_office');
	const administrator = await person(db, 'administrator');
	return { db, fiji, japan, office, administrator };
}

const invited = { email: 'New@Example.org', name: 'New', role: 'contributor', entity_id: 'FJI' };
const grantOf = (db: Awaited<ReturnType<typeof story>>, id: string) =>
	db.selectFrom('grant').select('id').where('user_id', '=', id).executeTakeFirstOrThrow();

test('a coordinator invites a colleague, who gets a mail with the address to sign in at', async () => {
	const { db, fiji } = await region();
	const sent = event(db, '/people', { user: fiji, form: invited });
	expect(await act(people.invite, sent)).toEqual({ status: 303, to: '/people?invited=new%40example.org' });
	expect(await users.find(db, { email: 'new@example.org' })).toMatchObject({
		grants: [{ role: 'contributor', entity_id: 'FJI' }]
	});
	const [mail] = await db.selectFrom('outbox').selectAll().execute();
	expect(mail).toMatchObject({ to_address: 'new@example.org', kind: 'invitation' });
	expect(mail?.text).toContain('http://localhost/sign-in?email=new%40example.org');
	expect(mail?.text).toContain('Fiji has given you a role');
	const again = await act(people.invite, event(db, '/people', { user: fiji, form: invited }));
	expect(again.data).toMatchObject({ errors: { email: 'new@example.org has this role already.' } });
});

test('each sees and invites for whom they may: one entity, or all', async () => {
	const { db, fiji, office, administrator } = await region();
	const seen = async (user: typeof fiji) => {
		const data = (await load(event(db, '/people', { user }) as never)) as {
			entities: { id: string; people: { name: string }[] }[];
		};
		return data.entities;
	};
	expect(await seen(fiji)).toMatchObject([{ id: 'FJI', people: [{ name: 'Fiji' }] }]);
	for (const user of [office, administrator]) {
		const all = await seen(user);
		expect(all.length).toBe(6);
		expect(all.find(({ id }) => id === 'JPN')?.people).toMatchObject([{ name: 'Japan' }]);
		const form = { ...invited, entity_id: 'VNM', email: `${user.id}@example.org` };
		expect(await act(people.invite, event(db, '/people', { user, form }))).toMatchObject({ status: 303 });
	}
});

test("another's entity, role or person answers exactly like one that is not there", async () => {
	const { db, fiji, japan } = await region();
	const ask = async (entity_id: string) =>
		act(people.invite, event(db, '/people', { user: fiji, form: { ...invited, entity_id } }));
	const foreign = await ask('JPN');
	expect(foreign.status).toBe(422);
	expect(JSON.stringify(foreign).replaceAll('JPN', 'XXX')).toBe(JSON.stringify(await ask('XXX')));
	const end = (grant_id: string) =>
		act(people.remove, event(db, '/people', { user: fiji, form: { grant_id } }));
	const { id } = await grantOf(db, japan.id);
	expect(await end(id)).toEqual({ status: 404, message: 'There is no such role.' });
	expect(await end('guessed')).toEqual(await end(id));
	expect(await users.grants(db, japan.id)).toHaveLength(1);
	const office = await person(db, 'viewer');
	expect(await end((await grantOf(db, office.id)).id)).toEqual(await end('guessed'));
});

test('a coordinator ends the role of a colleague, and not their own', async () => {
	const { db, fiji } = await region();
	const colleague = await person(db, 'contributor', { entity_id: 'FJI' });
	const end = async (id: string) =>
		act(people.remove, event(db, '/people', { user: fiji, form: { grant_id: (await grantOf(db, id)).id } }));
	expect(await end(colleague.id)).toMatchObject({ status: 303 });
	expect(await users.grants(db, colleague.id)).toEqual([]);
	expect(await end(fiji.id)).toMatchObject({
		status: 403,
		message: expect.stringContaining('who follows you')
	});
});

test.each([
	[{ email: 'nobody' }, 'email', 'Type an e-mail address, such as name@example.org.'],
	[{ email: '' }, 'email', 'Type an e-mail address.'],
	[{ name: ' ' }, 'name', 'Type a name.'],
	[{ name: 'A\nB' }, 'name', 'Type the name in one line.'],
	[{ role: 'administrator' }, 'role', 'Choose what they may do.'],
	[
		{ email: ['a@example.org', 'b@example.org'] },
		'email',
		'This was sent twice. Reload the page and fill it in once.'
	]
])('an invitation that can not be sent says why: %j', async (wrong, field, sentence) => {
	const { db, fiji } = await region();
	const sent = event(db, '/people', { user: fiji, form: { ...invited, ...wrong } });
	expect(await act(people.invite, sent)).toMatchObject({
		status: 422,
		data: { errors: { [field]: sentence } }
	});
	expect(await db.selectFrom('outbox').selectAll().execute()).toEqual([]);
});

const role = { role: 'viewer', entity_id: '', element_id: '', from_on: '', to_on: '' };

test('an administrator adds people with dated roles, disables them and lets them in again', async () => {
	const { db, administrator: user } = await region();
	const add = (form: object) =>
		act(
			admin.add,
			event(db, '/admin', { user, form: { email: 'a@example.org', name: 'A', ...role, ...form } })
		);
	expect(await add({ from_on: '2099-01-01', to_on: '2098-01-01' })).toMatchObject({
		data: { errors: { to_on: 'A role ends on the day it begins, or later.' } }
	});
	expect(await add({ role: 'contributor' })).toMatchObject({
		data: { errors: { entity_id: expect.stringContaining('acts for an entity') } }
	});
	expect(await add({ to_on: '2026-02-30' })).toMatchObject({
		data: { errors: { to_on: expect.any(String) } }
	});
	expect(await users.find(db, { email: 'a@example.org' }), 'a refusal adds nobody').toBeUndefined();
	expect(await add({ role: 'area_coordinator', element_id: 'rsp-2022-2024:FA1' })).toMatchObject({
		status: 303
	});
	const { text } = await db.selectFrom('outbox').select('text').executeTakeFirstOrThrow();
	expect(text).toContain('Area coordinator of FA1 Trade security and facilitation (RSP 2022-2024).');
	const { id } = (await users.find(db, { email: 'a@example.org' }))!;
	const on = (name: 'give' | 'end' | 'disable' | 'enable', form = {}) =>
		act(one[name], event(db, `/admin/people/${id}`, { user, params: { id }, form }));
	expect(await on('give', { ...role, from_on: '2020-01-01', to_on: '2020-12-31' })).toMatchObject({
		status: 303
	});
	expect(await users.grants(db, id, '2020-06-01')).toMatchObject([{ role: 'viewer' }]);
	expect(await on('disable')).toMatchObject({ status: 303 });
	expect(await users.find(db, { id })).toBeUndefined();
	expect(await on('enable')).toMatchObject({ status: 303 });
	const held = await users.get(db, id);
	expect(await on('end', { grant_id: held.grants[0]!.id })).toMatchObject({ status: 303 });
	expect(await on('end', { grant_id: 'guessed' })).toEqual({
		status: 404,
		message: 'There is no such role.'
	});
});

test('an administrator can not lock themselves out, and a guessed person is not there', async () => {
	const { db, administrator: user } = await region();
	const params = { id: user.id };
	const form = { grant_id: (await grantOf(db, user.id)).id };
	for (const action of [one.disable, one.end])
		expect(await act(action, event(db, '/x', { user, params, form }))).toMatchObject({
			status: 403,
			message: expect.stringContaining('another administrator')
		});
	const guessed = event(db, '/x', { user, params: { id: 'guessed' } });
	expect(await act(loadOne as never, guessed)).toEqual({
		status: 404,
		message: 'There is nobody at this address.'
	});
});
