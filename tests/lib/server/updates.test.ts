import { expect, test } from 'vitest';
import * as updates from '#lib/server/updates.ts';
import { story } from '../../support/story.ts';

test('drafts are left out of every list', async () => {
	const db = await story();
	const all = await updates.list(db, { limit: 500 });
	expect(all).toHaveLength(14);
	expect(all.map(({ id }) => id)).not.toContain('training-rocb-ap-rhca-24');
	expect((await updates.ofInitiative(db, 'training')).map(({ meeting_id }) => meeting_id)).toEqual([
		'rcp-32',
		'rhca-23'
	]);
});

test('a list can be read on from any update, and narrowed', async () => {
	const db = await story();
	const all = (await updates.list(db)).map(({ id }) => id);
	const [, , third] = all;
	expect((await updates.list(db, { after: third, limit: 2 })).map(({ id }) => id)).toEqual(all.slice(3, 5));
	expect(await updates.list(db, { meeting_id: 'rcp-32', entity_id: 'AUS' })).toHaveLength(2);
});

test('an initiative’s updates come newest meeting first, with channel and reviews but not the reviewer’s notes', async () => {
	const db = await story();
	const list = await updates.ofInitiative(db, 'single-window');
	expect(list).toMatchObject([
		{ meeting_id: 'rhca-24', channel: null, reviews: [] },
		{ meeting_id: 'rcp-32', channel: 'web', reviews: [{ verdict: 'confirmed' }], entity: 'Fiji' },
		{ meeting_id: 'rhca-23' }
	]);
	expect(JSON.stringify(list)).not.toContain('Between us');
});

test('the last change is known by number and moment', async () => {
	const db = await story();
	expect(await updates.lastChange(db)).toMatchObject({ number: 1, changed_at: expect.stringMatching(/^20/) });
});
