import { expect, test } from 'vitest';
import { migrate } from '#db/migrate.server.ts';
import { open } from '#db/open.server.ts';
import * as feeds from '#lib/server/calendar/feeds.ts';
import * as deputies from '#lib/server/deputies.ts';
import * as choices from '#lib/server/mail/choices.ts';
import * as stop from '#lib/server/mail/stop.ts';
import * as secret from '#lib/server/secret.ts';
import { actions } from '../../src/routes/(app)/account/mail/+page.server.ts';
import { act, event } from '../support/act.ts';
import { ownDatabase } from '../support/database-url.ts';
import { person, signedIn } from '../support/people.ts';
import { serve } from '../support/process.ts';
import { story } from '../support/story.ts';

const SECRET = 'a secret of the test, long enough for it';

/** A closed installation with one person in it, as the built server shows it. */
async function installation() {
	const DATABASE_URL = await ownDatabase();
	secret.use({ DATABASE_URL, SECRET });
	const db = await open(DATABASE_URL);
	await migrate(db);
	const ana = await person(db, 'viewer', { name: 'Ana' });
	const { url, child, ended } = await serve({ DATABASE_URL, SECRET, LOG_LEVEL: 'error' });
	const close = async () => {
		child.kill('SIGTERM');
		await ended;
		await db.destroy();
	};
	return { db, ana, url, close };
}

test('a mail program ends the mail of its reader with one press, without a session', async () => {
	const { db, ana, url, close } = await installation();
	const address = stop.address(url, ana.id);
	expect((await fetch(address)).status, 'looking changes nothing').toBe(200);
	expect(await choices.get(db, ana.id)).toBe('all');
	const press = (to: string) =>
		fetch(to, {
			method: 'POST',
			headers: { 'content-type': 'application/x-www-form-urlencoded' },
			body: 'List-Unsubscribe=One-Click'
		});
	expect((await press(address)).status).toBe(200);
	expect(await choices.get(db, ana.id)).toBe('none');
	expect((await press(address.replace(ana.id, crypto.randomUUID()))).status, 'a forged address').toBe(404);
	const trail = await db
		.selectFrom('audit_event')
		.select(['act', 'user_id'])
		.orderBy('seq', 'desc')
		.executeTakeFirst();
	expect(trail).toEqual({ act: 'choose_mail', user_id: ana.id });
	await close();
});

test('a private calendar needs its address and nothing else, and is kept for nobody else', async () => {
	const { db, ana, url, close } = await installation();
	const token = await feeds.make(db, ana);
	const answer = await fetch(`${url}/calendar/${token}.ics`);
	expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
	expect(answer.headers.get('cache-control')).toContain('private');
	expect(await answer.text()).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR\r\n$/);
	expect((await fetch(`${url}/calendar/${token}x.ics`)).status).toBe(404);

	const headers = {
		cookie: await signedIn(db, ana),
		origin: url,
		'content-type': 'application/x-www-form-urlencoded'
	};
	const made = await fetch(`${url}/account/mail?/make_calendar`, { method: 'POST', headers, body: '' });
	const shown = /\/calendar\/([\w-]{43})\.ics/.exec(await made.text());
	expect((await fetch(`${url}${shown![0]}`)).status).toBe(200);
	expect((await fetch(`${url}/calendar/${token}.ics`)).status, 'the old address has ended').toBe(404);
	expect(await (await fetch(`${url}/account/mail`, { headers })).text(), 'shown once').not.toContain(
		shown![1]
	);
	expect((await fetch(`${url}/admin/mail`, { headers })).status).toBe(403);
	await close();
});

test('the days of a deputy are read as days are elsewhere, and what is wrong with one is said', async () => {
	const db = await story();
	const ana = await person(db, 'contributor', { entity_id: 'FJI' });
	const ben = await person(db, 'contributor', { entity_id: 'FJI' });
	const name = (from_on: string, to_on: string) =>
		act(
			actions.name_deputy,
			event(db, '/account/mail', { user: ana, form: { deputy_id: ben.id, from_on, to_on } })
		);
	expect(await name('29-02-2023', '2566-03-01')).toMatchObject({
		status: 422,
		data: {
			errors: {
				from_on: expect.stringContaining('There is no 29 February 2023.'),
				to_on: expect.stringContaining('Buddhist calendar')
			}
		}
	});
	expect(await name('', '2099-03-01')).toMatchObject({
		data: { errors: { from_on: 'Choose the first day.' } }
	});
	expect(await name('1 February 2099', '2099-03-01')).toMatchObject({ status: 303 });
	expect((await deputies.of(db, ana.id)).deputies).toMatchObject([
		{ from_on: '2099-02-01', to_on: '2099-03-01' }
	]);
});
