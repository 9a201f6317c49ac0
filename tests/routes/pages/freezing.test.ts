import { describe, expect, test } from 'vitest';
import { life } from '#lib/domain/life.ts';
import * as meetings from '#lib/server/meetings.ts';
import { lineOf, readCounts, type Came } from '#lib/domain/attendance.ts';
import { readItems, written } from '#lib/domain/meeting-items.ts';
import { act, event } from '../../support/act.ts';
import { person } from '../../support/people.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';
import { actions as plan } from '../../../src/routes/(app)/meetings/new/+page.server.ts';
import {
	actions as freeze,
	load as loadFreeze
} from '../../../src/routes/(app)/meetings/[meeting]/freeze/+page.server.ts';
import {
	actions as papers,
	load as loadPapers
} from '../../../src/routes/(app)/meetings/[meeting]/papers/+page.server.ts';
import { actions as unfreeze } from '../../../src/routes/(app)/meetings/[meeting]/unfreeze/+page.server.ts';
import { load as loadMeeting } from '../../../src/routes/(public)/meetings/[meeting]/+page.server.ts';

async function region() {
	const db = await story();
	const office = await person(db, 'vice_chair_office', { name: 'Olga of the office' });
	const administrator = await person(db, 'administrator', { name: 'Ada' });
	const fiji = await person(db, 'national_coordinator', { entity_id: 'FJI' });
	return { db, office, administrator, fiji };
}
type Region = Awaited<ReturnType<typeof region>>;

const at = (meeting: string) => ({ params: { meeting } });

describe('freezing', () => {
	test('begins with a look at what will stand and what is open, and is then one act', async () => {
		const { db, office } = await region();
		const path = '/meetings/rcp-33/freeze?plan=rsp-2022-2024';
		const seen = await loadFreeze(event(db, path, { user: office, ...at('rcp-33') }) as never);
		expect(seen).toMatchObject({
			areas: [{ code: 'FA1' }, { code: 'FA2' }, { code: 'FA3' }],
			seen: { drafts: [], total: { expected: expect.any(Number) } }
		});
		const done = await act(freeze.default, event(db, path, { user: office, ...at('rcp-33'), form: {} }));
		expect(done).toEqual({ status: 303, to: '/meetings/rcp-33?basis=presented' });

		const twice = await act(freeze.default, event(db, path, { user: office, ...at('rcp-33'), form: {} }));
		expect(twice.status).toBe(422);
		expect(JSON.stringify(twice.data)).toMatch(/rcp-33 is frozen already/);
	});

	test('over a draft is refused beside its box, and done once the box is ticked', async () => {
		const { db, office } = await region();
		const send = (form: Record<string, string>) =>
			act(freeze.default, event(db, '/meetings/rhca-24/freeze', { user: office, ...at('rhca-24'), form }));
		expect(await send({})).toMatchObject({
			status: 422,
			data: { errors: { leave_out_drafts: expect.stringMatching(/still a draft/) } }
		});
		expect((await send({ leave_out_drafts: 'on' })).status).toBe(303);
	});

	test('is for the office, and its undoing for an administrator who says why', async () => {
		const { db, office, administrator, fiji } = await region();
		const frozen = (user: Region['office']) =>
			act(freeze.default, event(db, '/meetings/rcp-33/freeze', { user, ...at('rcp-33'), form: {} }));
		for (const user of [administrator, fiji]) expect((await frozen(user)).status).toBe(403);
		await frozen(office);

		const undone = (user: Region['office'], reason: string) =>
			act(
				unfreeze.default,
				event(db, '/meetings/rcp-33/unfreeze', { user, ...at('rcp-33'), form: { reason } })
			);
		for (const user of [office, fiji]) expect((await undone(user, 'Because')).status).toBe(403);
		expect(await undone(administrator, ' ')).toMatchObject({
			status: 422,
			data: { errors: { reason: 'Give the reason: it stays on record.' } }
		});
		expect(await undone(administrator, 'Fiji was left out')).toEqual({ status: 303, to: '/meetings/rcp-33' });
		expect(await db.selectFrom('unfreeze').select(['undone_by', 'reason']).execute()).toEqual([
			{ undone_by: 'Ada', reason: 'Fiji was left out' }
		]);
	});
});

describe("the meeting's page", () => {
	test('leads each to what they may open, and tells nobody outside who froze', async () => {
		const { db, office } = await region();
		await act(freeze.default, event(db, '/x', { user: office, ...at('rcp-33'), form: {} }));
		const outside = await visit(loadMeeting, db, '/meetings/rcp-33', { meeting: 'rcp-33' });
		expect(JSON.stringify(outside)).not.toContain('Olga');
		expect(outside.ways.map(({ href }) => href)).not.toContain('/meetings/rcp-33/papers');
		expect(outside.snapshots).toMatchObject([{ number: 1, undone_at: null }]);

		const inside = await loadMeeting(
			event(db, '/meetings/rcp-33', { user: office, ...at('rcp-33') }) as never
		);
		expect(inside.ways.map(({ href }) => href)).toEqual(
			expect.arrayContaining(['/meetings/rcp-33/papers', '/meetings/rcp-33/links'])
		);
		expect(inside.ways.map(({ href }) => href)).not.toContain('/meetings/rcp-33/freeze');
		expect(inside.snapshots).toMatchObject([{ frozen_by: 'Olga of the office' }]);
	});

	test('lists what came after the freeze', async () => {
		const { db } = await region();
		const { addenda } = await visit(loadMeeting, db, '/meetings/rcp-32', { meeting: 'rcp-32' });
		expect(addenda).toMatchObject({ total: 1, rows: [{ entity: 'Australia', stage: 'pilot' }] });
	});

	test('carries agenda, papers and decisions, which two can not overwrite for each other', async () => {
		const { db, office, fiji } = await region();
		const path = '/meetings/rcp-33/papers';
		const { seen } = await loadPapers(event(db, path, { user: office, ...at('rcp-33') }) as never);
		const send = (form: Record<string, string>, user = office) =>
			act(papers.default, event(db, path, { user, ...at('rcp-33'), form }));
		const lists = {
			agenda: 'Opening\r\n\r\nProgress of the RSP',
			paper: 'Progress | https://example.org/paper',
			decision: 'FA2 goes on <b>until 2025</b>'
		};
		expect((await send({ ...lists, seen }, fiji)).status).toBe(403);
		expect(await send({ ...lists, paper: 'Progress | javascript:alert(1)', seen })).toMatchObject({
			status: 422,
			data: { errors: { paper: expect.stringMatching(/^Line 1: .* is no address of a page/) } }
		});
		expect((await send({ ...lists, seen })).status).toBe(303);
		expect(await send({ ...lists, agenda: 'Other', seen })).toMatchObject({
			status: 409,
			data: { other: { agenda: 'Opening\nProgress of the RSP' }, values: { agenda: 'Other' } }
		});
		const { items } = await visit(loadMeeting, db, '/meetings/rcp-33', { meeting: 'rcp-33' });
		expect(items).toEqual({
			agenda: [
				{ text: 'Opening', url: null },
				{ text: 'Progress of the RSP', url: null }
			],
			paper: [{ text: 'Progress', url: 'https://example.org/paper' }],
			decision: [{ text: 'FA2 goes on <b>until 2025</b>', url: null }]
		});
	});
});

describe('who came', () => {
	const path = '/meetings/rcp-32/papers';

	test('is written as counts with their sources, and a line that is left stays the row it was', async () => {
		const { db, office } = await region();
		const before = await meetings.attendance(db, 'rcp-32');
		const { seen, lists } = await loadPapers(event(db, path, { user: office, ...at('rcp-32') }) as never);
		expect(lists.attendance).toBe(
			'24 Members | https://example.org/two\n20 Members | https://example.org/one'
		);
		const send = (attendance: string) =>
			act(papers.default, event(db, path, { user: office, ...at('rcp-32'), form: { seen, attendance } }));
		const added = 'about 80 participants, online | https://example.org/three';
		expect((await send(`${lists.attendance}\r\n${added}\r\n${added}`)).status).toBe(303);
		const online = { unit: 'participants', mode: 'online', qualifier: 'about' };
		expect(await meetings.attendance(db, 'rcp-32')).toEqual([
			...before,
			{ meeting_id: 'rcp-32', count: 80, ...online, source_url: 'https://example.org/three' }
		]);
		expect((await send('1 Member')).status, 'somebody else was there before').toBe(409);
		const trail = await db
			.selectFrom('audit_event')
			.select('after')
			.orderBy('seq', 'desc')
			.limit(1)
			.execute();
		expect(trail[0]!.after).toContain('https://example.org/three');
	});

	test('that says no number is refused with a sentence, and a form without it changes nothing', async () => {
		const { db, office } = await region();
		const before = await meetings.attendance(db, 'rcp-32');
		const { seen } = await loadPapers(event(db, path, { user: office, ...at('rcp-32') }) as never);
		const send = (form: Record<string, string>) =>
			act(papers.default, event(db, path, { user: office, ...at('rcp-32'), form: { seen, ...form } }));
		expect(await send({ attendance: '\n24 Members\nmany came' })).toMatchObject({
			status: 422,
			data: { errors: { attendance: expect.stringMatching(/^Line 3: Write a number/) } }
		});
		expect((await send({ agenda: 'Opening' })).status).toBe(303);
		expect(await meetings.attendance(db, 'rcp-32')).toEqual(before);
	});

	test('reads as it is said', () => {
		for (const line of [
			'24 Members',
			'1 Member, in person',
			'more than 25 Members',
			'at least 3 participants | https://example.org'
		])
			expect((readCounts(line) as Came[]).map(lineOf)).toEqual([line]);
	});
});

test('a list reads back as it was written, bars in the text and all', () => {
	const items = [
		{ text: 'A | B', url: null },
		{ text: 'A | B', url: 'https://example.org/a?b=c|d' }
	];
	expect(readItems(written(items.slice(0, 1)))).toEqual(items.slice(0, 1));
	expect(readItems('A | B | https://example.org/x')).toEqual([
		{ text: 'A | B', url: 'https://example.org/x' }
	]);
	expect(readItems('| https://example.org/x')).toEqual({
		sentence: 'Line 1: Write what it is before the link.'
	});
	expect(readItems('x'.repeat(501))).toEqual({ sentence: 'Line 1: Keep it under 500 characters.' });
	expect(readItems('x\n'.repeat(101))).toEqual({ sentence: 'These are 101 lines. Keep it to 100.' });
});

describe('the life of a meeting', () => {
	const dates = {
		starts_on: '2023-11-15',
		ends_on: '2023-11-17',
		opens_on: '2023-09-01',
		due_on: '2023-11-01',
		frozen_at: null,
		mode: null
	};
	type Opening = Parameters<typeof life>[2];
	const now = (today: string, more: Partial<Parameters<typeof life>[0]> = {}, opening?: Opening) =>
		life({ ...dates, ...more }, today, opening).find(({ state }) => state === 'current')?.label;
	const opening = {
		opened_at: '2023-09-04T08:00:00.000Z',
		due_at: '2023-11-03T15:30:00.000Z',
		time_zone: 'Asia/Tokyo'
	};

	test('runs from planned to frozen, and after its last day it was held', () => {
		expect(now('2023-08-31')).toBe('Planned');
		expect(now('2023-09-04', {}, opening)).toBe('Round open');
		expect(now('2023-11-01')).toBe('Reports due');
		expect(now('2023-11-17')).toBe('In session');
		expect(now('2023-11-18')).toBe('Held');
		expect(now('2023-11-16', { frozen_at: '2023-11-14T09:00:00.000Z' })).toBe('Frozen');
	});

	test('dates alone open no round, and where it was opened its own moments count', () => {
		expect(now('2023-09-01')).toBe('Planned');
		expect(now('2023-11-03', {}, opening)).toBe('Round open');
		expect(now('2023-11-04', {}, opening)).toBe('Reports due');
	});

	test('of what is no round has no round in it, and of a round without a meeting no session', () => {
		const names = (more: object) => life({ ...dates, ...more }, '2023-01-01').map(({ name }) => name);
		expect(names({ due_on: null })).toEqual(['planned', 'in_session']);
		expect(names({ mode: 'inter-sessional' })).toEqual(['planned', 'open', 'due', 'frozen']);
	});
});

describe('planning', () => {
	const send = async ({ db, office }: Region, form: Record<string, string>) =>
		act(plan.default, event(db, '/meetings/new', { user: office, form }));

	test('adds a round without a meeting, and asks for it at once', async () => {
		const made = await region();
		const form = { kind: 'round', title: 'Single window, mid-term', due_on: '2024-03-01' };
		expect(await send(made, form)).toEqual({ status: 303, to: '/meetings/round-2024-03' });
		expect(await send(made, form)).toEqual({ status: 303, to: '/meetings/round-2024-03-2' });
		const { round, meeting, steps } = await visit(loadMeeting, made.db, '/meetings/round-2024-03', {
			meeting: 'round-2024-03'
		});
		expect(meeting).toMatchObject({ series: 'other', place: null, starts_on: '2024-03-01' });
		expect(steps.map(({ name }) => name)).toEqual(['planned', 'open', 'due', 'frozen']);
		expect(round!.coverage.provenance.split!.expected).toBeGreaterThan(0);
	});

	test('adds the next meeting of a series, once', async () => {
		const made = await region();
		const form = { kind: 'RCP', number: '34', starts_on: '11 November 2024', ends_on: '2024-11-15' };
		expect(await send(made, form)).toEqual({ status: 303, to: '/meetings/rcp-34' });
		expect(await send(made, form)).toMatchObject({
			status: 422,
			data: { errors: { number: 'There is RCP-34 already.' } }
		});
	});

	test.each([
		[{ kind: 'round', title: 'X' }, 'due_on', 'Say by which day reports are due.'],
		[{ kind: 'RHCA', starts_on: '2024-05-01' }, 'number', /^Say which RHCA/],
		[{ kind: 'other', starts_on: '2024-05-01' }, 'title', 'Give it a title.'],
		[
			{ kind: 'round', title: 'X', starts_on: '2024-03-01', due_on: '2024-03-01' },
			'starts_on',
			/has no first day/
		],
		[{ kind: 'other', title: 'X', starts_on: '29-02-2023' }, 'starts_on', /two ways|no 29 February/],
		[
			{ kind: 'other', title: 'X', starts_on: '2024-05-02', ends_on: '2024-05-01' },
			'ends_on',
			'It ends before it begins.'
		],
		[{ kind: 'feast', title: 'X' }, 'kind', 'Choose what it is.']
	])('says what is missing: %j', async (form, field, sentence) => {
		const made = await region();
		const { status, data } = await send(made, form as Record<string, string>);
		expect(status).toBe(422);
		expect((data!.errors as Record<string, string>)[field]).toMatch(sentence);
		expect(data!.values).toMatchObject(form);
	});

	test('is for the office', async () => {
		const made = await region();
		expect((await send({ ...made, office: made.fiji }, { kind: 'round' })).status).toBe(403);
	});
});
