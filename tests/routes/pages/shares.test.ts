import { describe, expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import { frameHeight } from '#lib/charts/outputs/alone.ts';
import { questions } from '#lib/charts/spec.ts';
import * as freezes from '#lib/server/freezes.ts';
import * as shares from '#lib/server/shares.ts';
import * as standings from '#lib/server/standings.ts';
import { act, event } from '../../support/act.ts';
import { person } from '../../support/people.ts';
import { add, story } from '../../support/story.ts';
import {
	actions as links,
	load as loadLinks
} from '../../../src/routes/(app)/meetings/[meeting]/links/+page.server.ts';
import {
	actions as publish,
	load as loadNew
} from '../../../src/routes/(app)/meetings/[meeting]/links/new/+page.server.ts';
import { GET } from '../../../src/routes/shared/[token]/+server.ts';

const actor = { user_id: null, name: 'The office' };
const until = '2099-12-31';

async function frozen() {
	const db = await story();
	await freezes.freeze(db, actor, 'rcp-33');
	return { db, office: await person(db, 'vice_chair_office'), fiji: await person(db, 'viewer') };
}

const chosen = (question = 'stages', params: Record<string, string> = { plan: 'rsp-2022-2024' }) => ({
	meeting_id: 'rcp-33',
	question,
	params
});
const make = (db: Db, more: object = {}, what = chosen()) =>
	shares.publish(db, actor, what, { ends_on: until, sites: null, ...more });

async function open(db: Db, token: string) {
	const response = await GET({ locals: { db }, params: { token } } as unknown as Parameters<typeof GET>[0]);
	return { status: response.status, headers: response.headers, body: await response.text() };
}

describe('a published chart', () => {
	test('shows exactly what was previewed, and leads nowhere, whatever a name looks like', async () => {
		const db = await story();
		const name = `"><script>alert(1)</script><a href="https://evil.example">${'Japan '.repeat(25)}`;
		await db.updateTable('entity').set({ name }).where('id', '=', 'JPN').execute();
		await db.updateTable('plan').set({ short_title: name }).where('id', '=', 'rsp-2022-2024').execute();
		await freezes.freeze(db, actor, 'rcp-33');
		const params: Record<string, Record<string, string>> = {
			member: { entity: 'JPN' },
			initiative: { initiative: 'drill' }
		};
		for (const question of questions) {
			const what = chosen(question, { plan: 'rsp-2022-2024', ...params[question] });
			const { chart } = await shares.preview(db, what);
			const { token, title } = await make(db, {}, what);
			const { status, body } = await open(db, token);
			expect([status, title]).toEqual([200, chart.title]);
			// A frame 960 wide shows the whole of it.
			const drawn = Number(/viewBox="0 0 960 ([\d.]+)/.exec(body)?.[1] ?? 0);
			expect(frameHeight(chart)).toBeGreaterThan(drawn);
			const places = [...body.matchAll(/(?:href|src|action)="([^"#][^"]*)"/g)].map(([, to]) => to);
			if (question === 'stages') expect(body).toContain('&lt;script&gt;');
			expect(places).toEqual(['/icon.svg']);
			expect(body).not.toMatch(/<(a|script|form|iframe|link rel="stylesheet)\b/);
		}
	});

	test('stays as it is when names and reports change, and when the freeze is undone', async () => {
		const { db } = await frozen();
		const { token } = await make(db);
		const before = await open(db, token);
		expect(before.body).toContain('Snapshot 1 of RCP-33');
		await db.updateTable('plan').set({ short_title: 'Another' }).where('id', '=', 'rsp-2022-2024').execute();
		await add(db, 'status_update', [
			{
				id: 'late',
				initiative_id: 'aeo',
				entity_id: 'VNM',
				meeting_id: 'rcp-33',
				stage: 'implemented',
				change: 'changed',
				recorded_at: '2023-10-01T00:00:00.000Z'
			}
		]);
		await standings.rebuild(db);
		expect((await open(db, token)).body).toBe(before.body);
		await freezes.unfreeze(db, actor, 'rcp-33', 'To try');
		expect((await open(db, token)).body).toBe(before.body);
	});

	test('may be embedded only where that was said, and is kept by no cache', async () => {
		const { db } = await frozen();
		const policy = async (sites: string | null) => {
			const { headers } = await open(db, (await make(db, { sites })).token);
			expect(headers.get('cache-control')).toBe('private, no-store');
			return /frame-ancestors ([^;]*)/.exec(headers.get('content-security-policy')!)![1];
		};
		expect(await policy(null)).toBe("'none'");
		expect(await policy('https://a.example https://b.example')).toBe('https://a.example https://b.example');
		expect(await policy('*')).toBe('*');
	});

	test('is gone once revoked or past its day, and says so; of its token only a hash is kept', async () => {
		const { db } = await frozen();
		const { token, id } = await make(db);
		expect(JSON.stringify(await db.selectFrom('share').selectAll().execute())).not.toContain(token);
		await shares.revoke(db, actor, 'rcp-33', id);
		expect(await open(db, token)).toMatchObject({
			status: 410,
			body: expect.stringContaining('Whoever published it has taken the link back.')
		});
		const old = await make(db, { ends_on: '2020-01-31' });
		expect(await open(db, old.token)).toMatchObject({
			status: 410,
			body: expect.stringContaining('It showed its chart until 31 January 2020.')
		});
		for (const token of ['', 'x', `${old.token}x`, '__proto__'])
			expect((await open(db, token)).status).toBe(404);
	});
});

describe('publishing', () => {
	const path = '/meetings/rcp-33/links/new?question=stages&plan=rsp-2022-2024&meeting=rcp-32&basis=known';
	const at = { params: { meeting: 'rcp-33' } };

	test('waits for the freeze, and says so rather than that the address is wrong', async () => {
		const db = await story();
		const user = await person(db, 'vice_chair_office');
		await expect(loadNew(event(db, path, { user, ...at }) as never)).rejects.toMatchObject({
			title: 'This chart can not be published yet',
			message: expect.stringContaining('Freeze rcp-33 first.')
		});
	});

	test("is the office's, gives the link once, and lists it without its key", async () => {
		const { db, office, fiji } = await frozen();
		const form = { ends_on: until.replace('2099', String(new Date().getUTCFullYear() + 1)), sites: '' };
		expect((await act(publish.default, event(db, path, { user: fiji, ...at, form }))).status).toBe(403);
		const { data } = await act(publish.default, event(db, path, { user: office, ...at, form }));
		const token = String(data!.link).split('/shared/')[1]!;
		// Whatever the address says of meeting and basis: the path's meeting, as presented.
		expect((await open(db, token)).body).toContain('Snapshot 1 of RCP-33');

		const list = await loadLinks(event(db, '/meetings/rcp-33/links', { user: office, ...at }) as never);
		expect(list.links).toMatchObject([{ state: 'shown', number: 1, published_by: office.name }]);
		expect(JSON.stringify(list)).not.toContain('token');
		const sent = { user: office, ...at, form: { id: list.links[0]!.id } };
		expect(
			(await act(links.revoke, event(db, '/meetings/rcp-33/links', { ...sent, user: fiji }))).status
		).toBe(403);
		expect((await act(links.revoke, event(db, '/meetings/rcp-33/links', sent))).status).toBe(303);
		expect((await open(db, token)).status).toBe(410);
		const trail = await db.selectFrom('audit_event').select('act').orderBy('seq').execute();
		expect(trail.map(({ act }) => act)).toEqual(expect.arrayContaining(['freeze', 'share', 'end_share']));
		expect(JSON.stringify(await db.selectFrom('audit_event').selectAll().execute())).not.toContain(token);
	});

	test.each([
		[{ ends_on: '' }, 'ends_on', 'Say until which day the link works.'],
		[{ ends_on: '2020-01-01' }, 'ends_on', 'That day is past.'],
		[{ ends_on: '2199-01-01' }, 'ends_on', /two years at most|can not be right/],
		[{ ends_on: 'soon' }, 'ends_on', 'is no day we can read'],
		[{ ends_on: until, sites: "'none'; script-src *" }, 'sites', 'is no address of a site'],
		[{ ends_on: until, sites: 'javascript:alert(1)' }, 'sites', 'is no address of a site']
	])('says what is wrong: %j', async (form, field, sentence) => {
		const { db, office } = await frozen();
		const { status, data } = await act(publish.default, event(db, path, { user: office, ...at, form }));
		expect(status).toBe(422);
		expect((data!.errors as Record<string, string>)[field]).toMatch(sentence);
	});

	test('needs a meeting frozen with a snapshot, and a chart there is', async () => {
		const { db, office } = await frozen();
		const load = (meeting: string, question: string) =>
			act(loadNew, event(db, `/x?question=${question}`, { user: office, params: { meeting } }));
		expect(await load('rhca-24', 'stages')).toMatchObject({
			status: 400,
			message: expect.stringMatching(/frozen with a snapshot/)
		});
		expect(await load('rcp-32', 'stages')).toMatchObject({ status: 400 });
		expect(await load('rcp-33', 'guesses')).toMatchObject({
			status: 404,
			message: 'There is no chart "guesses".'
		});
		expect(await load('rcp-33', 'stages')).toMatchObject({ status: 200 });
	});
});
