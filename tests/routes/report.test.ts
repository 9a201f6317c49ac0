import { expect, test } from 'vitest';
import type { User } from '#lib/domain/access.ts';
import { problems } from '#lib/domain/draft-check.ts';
import { blank } from '#lib/domain/draft.ts';
import * as audit from '#lib/server/audit.ts';
import * as demonstration from '#lib/server/demonstration/round.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as rounds from '#lib/server/rounds.ts';
import * as receipts from '#lib/server/submissions/receipts.ts';
import * as submissions from '#lib/server/submissions.ts';
import { inBoth } from '#lib/domain/zones.ts';
import { load as formLoad } from '../../src/routes/(app)/report/[meeting]/[initiative]/+page.server.ts';
import {
	actions as checkActions,
	load as checkLoad
} from '../../src/routes/(app)/report/[meeting]/check/+page.server.ts';
import { load as listLoad } from '../../src/routes/(app)/report/+page.server.ts';
import { act, event } from '../support/act.ts';
import { person } from '../support/people.ts';
import { add, story } from '../support/story.ts';
import { send } from './api/ask.ts';

async function scene() {
	const db = await story();
	const office = await person(db, 'vice_chair_office');
	const ana = await person(db, 'contributor', { entity_id: 'FJI', name: 'Ana' });
	const due = { due_at: '2099-11-01T05:00:00.000Z', due_on: '2099-11-01', time_zone: 'Pacific/Fiji' };
	await rounds.open(db, audit.actorOf(office), 'rcp-33', due);
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page's load has an event type of its own
	const visit = async (load: (event: any) => any, user: User, address: string, params: object = {}) => {
		const url = new URL(address, 'http://localhost');
		return load({ locals: { db, settings: {}, user }, url, params: { meeting: 'rcp-33', ...params } });
	};
	return { db, office, ana, visit };
}

test('what is another’s answers exactly like what is not there', async () => {
	const { ana, visit } = await scene();
	const said = (load: unknown, address: string, params?: object) =>
		visit(load as never, ana, address, params).then(
			() => 'let in',
			(error: Error) => `${error.name} ${error.message}`
		);
	expect(await said(checkLoad, '/?entity=JPN')).toBe(
		(await said(checkLoad, '/?entity=XXX')).replace('XXX', 'JPN')
	);
	expect(await said(listLoad, '/?entity=JPN')).toBe(
		(await said(listLoad, '/?entity=XXX')).replace('XXX', 'JPN')
	);
	const foreign = await said(formLoad, '/', { initiative: 'reef' });
	expect(foreign).toBe((await said(formLoad, '/', { initiative: 'none' })).replace('none', 'reef'));
	expect(foreign).toContain('There is no initiative "reef" to report on here.');
});

test('the form shows last time’s answer beside what a colleague has written since', async () => {
	const { db, ana, visit } = await scene();
	const place = {
		meeting_id: 'rcp-33',
		initiative_id: 'single-window',
		entity_id: 'FJI',
		side: 'member'
	} as const;
	const ben = { user_id: null, name: 'Ben' };
	await drafts.save(db, ben, place, { version: 0, fields: { ...blank, next_steps: 'Train.' } });
	const page = await visit(formLoad, ana, '/', { initiative: 'single-window' });
	expect(page).toMatchObject({
		last: { stage: 'partly_implemented', meeting: 'RHCA-24', progress_note: 'Reported for rhca-24.' },
		fields: { next_steps: 'Train.', stage: '' },
		version: 1,
		saved: { by: 'Ben' }
	});
});

test('the check says what a report would change of its initiative, in words', async () => {
	const { db, ana, visit } = await scene();
	const place = { meeting_id: 'rcp-33', initiative_id: 'single-window', entity_id: 'FJI' };
	await add(db, 'milestone', [{ id: 'm2', initiative_id: 'single-window', title: 'Ports connected' }]);
	const written = async (fields: object) => {
		const draft = await drafts.find(db, { ...place, side: 'member' });
		await drafts.save(
			db,
			audit.actorOf(ana),
			{ ...place, side: 'member' },
			{ version: draft?.version ?? 0, fields: { ...blank, stage: 'pilot', ...fields } }
		);
		const { tasks } = await visit(checkLoad, ana, '/');
		return tasks.find((task: { initiative_id: string }) => task.initiative_id === 'single-window').besides;
	};
	const serves = 'contributing rsp-2022-2024:FA2\nmain rsp-2022-2024:FA1';
	expect(await written({ serves })).toEqual({ reached: [], serves: null });
	expect(await written({ serves: 'main sp-2022-2025:SO1', milestones: 'm2' })).toEqual({
		reached: ['Ports connected'],
		serves: ['Main: SP 2022-2025: SO1 Trade facilitation']
	});
	expect(await written({ serves: '' })).toEqual({ reached: [], serves: [] });
});

test('what is wrong with a form is told in the order of its fields', () => {
	const fields = { ...blank, starts_on: 'x', as_of: 'x', new_milestone_due: 'x', stage: 'x' };
	expect(Object.keys(problems(fields, { first: true, isNew: true }))).toEqual([
		'title',
		'starts_on',
		'stage',
		'new_milestone',
		'new_milestone_due',
		'as_of'
	]);
});

test('the office does not see what a Member is writing', async () => {
	const { db, ana, office, visit } = await scene();
	const place = {
		meeting_id: 'rcp-33',
		initiative_id: 'single-window',
		entity_id: 'FJI',
		side: 'member'
	} as const;
	const canary = 'not for the office';
	await drafts.save(db, audit.actorOf(ana), place, { version: 0, fields: { ...blank, next_steps: canary } });
	for (const load of [formLoad, checkLoad, listLoad])
		expect(
			JSON.stringify(await visit(load, office, '/?entity=FJI', { initiative: 'single-window' }))
		).not.toContain(canary);
	const trail = await db.selectFrom('audit_event').selectAll().execute();
	expect(JSON.stringify(trail)).not.toContain(canary);
});

test('the round of the demonstration is open, moves on once it is past, and is not what is shown first', async () => {
	const { db } = await scene();
	const first = (await meetings.latest(db))?.id;
	await demonstration.add(db);
	await demonstration.add(db);
	expect((await rounds.list(db)).map(({ id }) => id)).toContain('demonstration-round');
	expect((await meetings.latest(db))?.id).toBe(first);
	await db
		.updateTable('round_opening')
		.set({ due_at: '2020-01-01T00:00:00.000Z' })
		.where('meeting_id', '=', 'demonstration-round')
		.execute();
	await demonstration.add(db);
	const round = await rounds.find(db, 'demonstration-round');
	expect(Date.parse(round!.due_at)).toBeGreaterThan(Date.now());
});

test('the list says of each initiative who had to do with it last, and when', async () => {
	const { db, ana, visit } = await scene();
	const ben = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ben' });
	const place = {
		meeting_id: 'rcp-33',
		initiative_id: 'single-window',
		entity_id: 'FJI',
		side: 'member'
	} as const;
	const by = async () => {
		const { answers } = await visit(listLoad, ana, '/report');
		return answers[0].tasks.find((task: { initiative_id: string }) => task.initiative_id === 'single-window')
			.by;
	};
	// What came with a package has no person, and says how it came.
	expect(await by()).toMatchObject({ what: 'last', name: 'from a data package' });
	await drafts.save(db, audit.actorOf(ana), place, { version: 0, fields: { ...blank, change: 'no_change' } });
	expect(await by()).toMatchObject({ what: 'written', name: 'by Ana' });
	await submissions.submit(db, ben, place, { partly: true });
	expect(await by()).toMatchObject({ what: 'now', name: 'by Ben' });
});

test.each(['contributor', 'national_coordinator'] as const)(
	'what the program of a %s sent is ready, goes out with the answer and is in its receipt',
	async (role) => {
		const { db, ana, visit } = await scene();
		const ben = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ben' });
		const place = { meeting: 'rcp-33', initiative: 'single-window', entity: 'FJI' };
		const sent = await send(db, role === 'contributor' ? ana : ben, 'status-updates', {
			...place,
			stage: 'implemented'
		});
		expect(sent.status).toBe(201);
		const form = { initiative: 'single-window' };
		expect(await visit(formLoad, ben, '/', form)).toMatchObject({
			waits: true,
			fields: { stage: 'implemented' }
		});
		for (const { tasks } of [await visit(checkLoad, ben, '/'), (await visit(listLoad, ben, '/')).answers[0]])
			expect(tasks).toMatchObject([{ initiative_id: 'single-window', state: 'ready' }]);

		const { reference } = await submissions.submit(db, ben, { meeting_id: 'rcp-33', entity_id: 'FJI' });
		expect((await receipts.get(db, reference)).updates).toMatchObject([{ id: sent.body.id }]);
		expect(await visit(formLoad, ben, '/', form)).toMatchObject({ waits: false });
		expect((await visit(checkLoad, ben, '/')).tasks).toMatchObject([{ state: 'done' }]);
	}
);

test('whoever submits is told that the figures are frozen, where they are', async () => {
	const { db, ana, visit } = await scene();
	const ben = await person(db, 'national_coordinator', { entity_id: 'FJI' });
	expect(await visit(checkLoad, ben, '/', { meeting: 'rcp-32' })).toMatchObject({ frozen: true });
	for (const [name, form] of [
		['submit', {}],
		['nothing', { reason: 'x' }],
		['excuse', { excuse: 'x' }]
	] as const) {
		const press = (user: User, meeting: string) =>
			act(checkActions[name], event(db, '/', { user, params: { meeting }, form }));
		expect(await press(ben, 'rcp-32'), name).toMatchObject({
			status: 400,
			message: expect.stringContaining('are frozen')
		});
		expect(await press(ana, 'rcp-33'), name).toMatchObject({
			status: 403,
			message: expect.stringContaining('your national coordinator submits')
		});
	}
});

test('when something is due is told for the host and for the reader, on the list, the form and the check', async () => {
	const { db, ana, visit } = await scene();
	await db.updateTable('user').set({ time_zone: 'Asia/Tokyo' }).where('id', '=', ana.id).execute();
	const { zone } = await visit(listLoad, ana, '/report');
	expect(zone).toBe('Asia/Tokyo');
	for (const load of [formLoad, checkLoad])
		expect((await visit(load, ana, '/', { initiative: 'single-window' })).due).toMatchObject({
			due_at: '2099-11-01T05:00:00.000Z',
			time_zone: 'Pacific/Fiji',
			own: 'Asia/Tokyo'
		});
	expect(inBoth('2099-11-01T05:00:00.000Z', 'Pacific/Fiji', zone)).toBe(
		'1 November 2099, 17:00 (Pacific/Fiji), which is 1 November 2099, 14:00 (Asia/Tokyo)'
	);
	expect(inBoth('2099-11-01T05:00:00.000Z', 'Pacific/Fiji', null)).toBe(
		'1 November 2099, 17:00 (Pacific/Fiji)'
	);
});
