import { expect, test } from 'vitest';
import * as audit from '#lib/server/audit.ts';
import * as meetings from '#lib/server/meetings.ts';
import * as updates from '#lib/server/updates.ts';
import { emptyDatabase } from '../../support/database.ts';
import { openRound } from '../../support/round.ts';
import { add, story } from '../../support/story.ts';

test('meetings are listed newest first; some are rounds, some are frozen, and every count of who came is kept', async () => {
	const db = await story();
	const list = await meetings.list(db);
	expect(list.map(({ id, round }) => [id, round])).toEqual([
		['rcp-33', true],
		['rhca-24', true],
		['rcp-32', true],
		['council-2022', false],
		['rhca-23', true]
	]);
	expect(list[2]).toMatchObject({
		frozen_at: '2022-11-20T00:00:00.000Z',
		attendance: [{ count: 24 }, { count: 20 }]
	});
	expect(await meetings.get(db, 'council-2022')).toMatchObject({
		host: 'Regional Office for Capacity Building'
	});
	await expect(meetings.get(db, 'x')).rejects.toThrow('There is no meeting "x".');
});

test('the latest meeting is the newest round anybody reported to', async () => {
	const db = await story();
	expect(await meetings.latest(db)).toMatchObject({ id: 'rhca-24' });
});

test('a round whose reports are still coming in is not shown before it is due, unless there is no other', async () => {
	const { db, ben } = await openRound();
	const said = { meeting_id: 'rcp-33', initiative_id: 'single-window', entity_id: 'FJI' };
	await updates.record(db, audit.actorOf(ben), { ...said, stage: 'implemented' });
	expect(await meetings.latest(db)).toMatchObject({ id: 'rhca-24' });
	await db.updateTable('round_opening').set({ due_at: '2023-11-01T00:00:00.000Z' }).execute();
	expect(await meetings.latest(db)).toMatchObject({ id: 'rcp-33' });
});

test('where nobody has reported the newest round is the latest, and without rounds there is none', async () => {
	const db = await emptyDatabase();
	expect(await meetings.latest(db)).toBeUndefined();
	await add(db, 'meeting', [
		{ id: 'a', series: 'RCP', title: 'A', starts_on: '2022-01-01', due_on: '2022-01-01' },
		{ id: 'b', series: 'RCP', title: 'B', starts_on: '2023-01-01', due_on: '2023-01-01' }
	]);
	expect(await meetings.latest(db)).toMatchObject({ id: 'b' });
});

test('the round before is the one due before, over all series', async () => {
	const db = await story();
	const before = async (id: string) => (await meetings.previousRound(db, id))?.id;
	expect(await before('rhca-24')).toBe('rcp-32');
	expect(await before('rhca-23')).toBeUndefined();
	expect(await before('council-2022')).toBe('rhca-23');
	await expect(before('x')).rejects.toThrow('There is no meeting "x".');
});
