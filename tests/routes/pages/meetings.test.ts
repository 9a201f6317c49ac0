import { expect, test } from 'vitest';
import { load as loadMeeting } from '../../../src/routes/(public)/meetings/[meeting]/+page.server.ts';
import { load as loadMeetings } from '../../../src/routes/(public)/meetings/+page.server.ts';
import { disagree, sayCount } from '#lib/domain/attendance.ts';
import { assumption, isAsAssumed } from '#lib/domain/round.ts';
import { add, story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

test('every count of who came is kept, and a difference is said', async () => {
	const db = await story();
	const { meeting } = await visit(loadMeeting, db, '/meetings/rcp-32', { meeting: 'rcp-32' });
	expect(meeting.attendance.map(sayCount)).toEqual(['24 Members', '20 Members']);
	expect(disagree(meeting.attendance)).toBe(true);
	expect(sayCount({ count: 25, unit: 'members', mode: null, qualifier: 'more than' })).toBe(
		'more than 25 Members'
	);
	expect(sayCount({ count: 17, unit: 'members', mode: 'in person', qualifier: null })).toBe(
		'17 Members, in person'
	);
});

test('a round says who answered, who was late, who has nothing to report, who is excused and who was silent', async () => {
	const db = await story();
	await add(db, 'submission', [
		{
			meeting_id: 'rhca-24',
			entity_id: 'JPN',
			state: 'submitted',
			channel: 'email',
			submitted_at: '2023-05-09T00:00:00.000Z'
		},
		{
			meeting_id: 'rhca-24',
			entity_id: 'VNM',
			state: 'submitted',
			channel: 'public_record',
			submitted_at: '2023-04-09T00:00:00.000Z'
		},
		{
			meeting_id: 'rhca-24',
			entity_id: 'AUS',
			state: 'submitted',
			channel: 'web',
			reason: 'It starts in 2024'
		},
		{ meeting_id: 'rhca-24', entity_id: 'PLW', state: 'excused', channel: 'email', reason: 'A cyclone' }
	]);
	const { round } = await visit(loadMeeting, db, '/meetings/rhca-24?plan=rsp-2022-2024', {
		meeting: 'rhca-24'
	});
	expect(round!.answers.map(({ id, way, reason }) => [id, way, reason])).toEqual([
		['AUS', 'nil', 'It starts in 2024'],
		['FJI', 'answered', null],
		['JPN', 'late', null],
		['PLW', 'excused', 'A cyclone'],
		['rocb-ap', 'silent', null],
		['VNM', 'public_record', null]
	]);
	const opening = { opened_at: '2023-03-01T00:00:00.000Z', due_at: '2023-05-10T00:00:00.000Z' };
	await db
		.insertInto('round_opening')
		.values({ meeting_id: 'rhca-24', opened_by: null, time_zone: 'UTC', ...opening })
		.execute();
	const moved = await visit(loadMeeting, db, '/meetings/rhca-24?plan=rsp-2022-2024', {
		meeting: 'rhca-24'
	});
	expect(moved.round!.answers.find(({ id }) => id === 'JPN')!.way).toBe('answered');
});

test('the dates of a round are called an assumption where they fit it and nobody really reported', async () => {
	expect(isAsAssumed({ starts_on: '2022-11-14', opens_on: '2022-09-19', due_on: '2022-10-31' })).toBe(true);
	expect(isAsAssumed({ starts_on: '2022-11-14', opens_on: '2022-09-19', due_on: '2022-10-30' })).toBe(false);
	expect(assumption).toContain('We assume');
	const db = await story();
	await db.updateTable('meeting').set({ starts_on: '2022-11-15' }).where('id', '=', 'rcp-32').execute();
	const assumed = async () =>
		(await visit(loadMeetings, db, '/meetings')).meetings
			.filter(({ assumed }) => assumed)
			.map(({ id }) => id);
	expect(await assumed()).toEqual([]);
	const said = await db.selectFrom('status_update').select(['meeting_id', 'entity_id']).distinct().execute();
	await db.deleteFrom('submission').execute();
	await add(
		db,
		'submission',
		said.map((one) => ({ ...one, state: 'submitted', channel: 'public_record' }))
	);
	expect(await assumed()).toEqual(['rcp-33', 'rhca-24', 'rcp-32', 'rhca-23']);
});

test('a meeting that is no round is shown without figures, and an unknown one suggests what was meant', async () => {
	const db = await story();
	expect(
		(await visit(loadMeeting, db, '/meetings/council-2022', { meeting: 'council-2022' })).round
	).toBeNull();
	await expect(visit(loadMeeting, db, '/meetings/rcp32', { meeting: 'rcp32' })).rejects.toMatchObject({
		status: 404,
		body: { suggestions: [{ href: '/meetings/rcp-32' }] }
	});
});
