import { expect, test } from 'vitest';
import { entitiesOf } from '#lib/domain/access.ts';
import { blank } from '#lib/domain/draft.ts';
import { onOneSide } from '#lib/domain/handover.ts';
import * as audit from '#lib/server/audit.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as handover from '#lib/server/handover.ts';
import * as submissions from '#lib/server/submissions.ts';
import * as users from '#lib/server/users.ts';
import { actions, load } from '../../src/routes/(app)/handover/+page.server.ts';
import { act, event } from '../support/act.ts';
import { person } from '../support/people.ts';
import { openRound } from '../support/round.ts';
import { story } from '../support/story.ts';

type Data = {
	roles: { id: string }[];
	notes: {
		id: string;
		reported: { id: string; meeting: string }[];
		followers: { name: string; roles: string }[];
	}[];
};

test('a note tells what was last reported of each initiative, and who follows', async () => {
	const db = await story();
	const user = await person(db, 'national_coordinator', { entity_id: 'FJI' });
	const next = await person(db, 'contributor', { entity_id: 'FJI', name: 'Next' });
	const role = { role: 'national_coordinator', entity_id: 'FJI', from_on: '2020-01-01' } as const;
	await users.grant(db, audit.commandLine, next.id, role);
	await person(db, 'contributor', { entity_id: 'JPN', name: 'Japan' });
	const data = (await load(event(db, '/handover', { user }) as never)) as Data;
	const followers = [{ name: 'Next', roles: 'contributor, national coordinator' }];
	expect(data.notes).toMatchObject([{ id: 'FJI', followers }]);
	expect(data.notes[0]?.reported.map(({ id }) => id)).toContain('single-window');
	expect(new Set(data.notes[0]?.reported.map(({ id }) => id)).size).toBe(data.notes[0]?.reported.length);
});

test('what an answer left out, and what was written since, is open for whoever follows', async () => {
	const { db, ana, ben } = await openRound();
	const answer = { meeting_id: 'rcp-33', entity_id: 'FJI' };
	const place = { ...answer, initiative_id: 'single-window', side: 'member' } as const;
	const write = async (progress_note: string) => {
		const draft = await drafts.find(db, place);
		const fields = { ...blank, stage: 'pilot', timing: 'on_track', progress_note };
		await drafts.save(db, audit.actorOf(ana), place, { version: draft?.version ?? 0, fields });
	};
	const open = async () => {
		const { due } = await handover.note(db, { id: 'FJI', name: 'Fiji' }, ben);
		return due.map(({ initiatives }) => initiatives.map(({ id }) => id));
	};
	expect(await open()).toEqual([['single-window']]);
	await write('Begun.');
	await submissions.submit(db, ben, answer);
	expect(await open()).toEqual([]);
	await write('Begun in May.');
	expect(await open()).toEqual([['single-window']]);
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
	expect(await leave(await grantOf(user.id), '2099-01-01')).toEqual({
		status: 303,
		to: '/handover?step=note&left'
	});
	expect(await users.grants(db, user.id, '2099-01-01')).toHaveLength(1);
	expect(await users.grants(db, user.id, '2099-01-02')).toEqual([]);
	expect(await users.grants(db, other.id, '2099-06-01')).toHaveLength(1);
});

test('words for whoever follows reach the people of that entity, and nobody else', async () => {
	const db = await story();
	const user = await person(db, 'national_coordinator', { entity_id: 'FJI', name: 'Ana' });
	const next = await person(db, 'contributor', { entity_id: 'FJI' });
	const others = [
		await person(db, 'national_coordinator', { entity_id: 'JPN' }),
		await person(db, 'vice_chair_office'),
		await person(db, 'area_coordinator', { element_id: 'rsp-2022-2024:FA1' })
	];
	const say = (entity_id: string, text: string) =>
		act(actions.say, event(db, '/handover', { user, form: { entity_id, text } }));
	expect(await say('FJI', 'Ask the port first.')).toEqual({ status: 303, to: '/handover?step=day' });
	expect(await say('JPN', 'x')).toEqual(await say('guessed', 'x'));
	expect(await say('FJI', 'x'.repeat(6000))).toMatchObject({
		status: 422,
		data: { values: { text: 'x'.repeat(6000) }, errors: { text: expect.stringContaining('5,000') } }
	});
	expect(await handover.said(db, ['FJI'], next)).toMatchObject([{ by: 'Ana', text: 'Ask the port first.' }]);
	for (const other of others) expect(await handover.said(db, entitiesOf(other), other)).toEqual([]);
	expect(JSON.stringify(await db.selectFrom('audit_event').selectAll().execute())).not.toContain('Ask the');
	await say('FJI', '');
	expect(await handover.said(db, ['FJI'], next)).toEqual([]);
});

test('a note of any length is cut to one side, and says how much it leaves out', () => {
	const initiatives = Array.from({ length: 40 }, (_, i) => ({ id: String(i), title: 'Long '.repeat(60) }));
	const said = { meeting: 'RCP-33', stage: 'pilot' as const, support_needed: null };
	const side = onOneSide({
		due: [{ initiatives }],
		reported: initiatives.map((one) => ({ ...one, ...said, next_steps: 'Word '.repeat(2000) })),
		words: 'Ask.\n\n'.repeat(2000)
	});
	expect(side.due[0]).toMatchObject({ more: 28 });
	expect(side.more).toBe(24);
	expect(JSON.stringify(side).length).toBeLessThan(12_000);
});
