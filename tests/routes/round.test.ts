import { expect, test } from 'vitest';
import { actions, load } from '../../src/routes/(app)/meetings/[meeting]/round/+page.server.ts';
import { load as listLoad } from '../../src/routes/(app)/report/+page.server.ts';
import { act, event } from '../support/act.ts';
import { openRound } from '../support/round.ts';

const path = '/meetings/rcp-33/round';
const params = { meeting: 'rcp-33' };

test('whoever takes something out without a reason chooses nothing anew', async () => {
	const { db, office } = await openRound();
	const of = { user: office, params };
	const form = { entity: 'FJI', taken: ['aeo', 'single-window'], reason: ' ' };
	expect(await act(actions.take_out, event(db, path, { ...of, form }))).toMatchObject({
		status: 422,
		data: { values: form, errors: { reason: expect.stringContaining('Give a reason') } }
	});
	const nothing = event(db, path, { ...of, form: { entity: 'FJI', reason: '' } });
	expect((await act(actions.take_out, nothing)).data).toMatchObject({
		errors: { taken: 'Choose at least one initiative.', reason: expect.stringContaining('Give a reason') }
	});
});

test('of what is chosen to be taken out all is or nothing, and its Member reads why', async () => {
	const { db, office, ana } = await openRound();
	const takeOut = (taken: string[]) => {
		const form = { entity: 'FJI', taken, reason: 'Ended in March' };
		return act(actions.take_out, event(db, path, { user: office, params, form }));
	};
	const decided = async () => {
		const { answers } = await listLoad(event(db, '/report', { user: ana }) as never);
		return answers[0]!.decided.map(({ kind, initiative_id, reason }) => [kind, initiative_id, reason]);
	};
	expect((await takeOut(['single-window', 'reef'])).status).toBe(422);
	expect(await decided()).toEqual([]);
	expect(await takeOut(['single-window'])).toEqual({ status: 303, to: `${path}?entity=FJI#changes` });
	expect(await decided()).toEqual([['taken_out', 'single-window', 'Ended in March']]);
});

test('a round is opened by a clock that was chosen, and every fault is told at once', async () => {
	const { db, office } = await openRound();
	await db.updateTable('entity').set({ time_zone: null }).execute();
	const of = { user: office, params: { meeting: 'rcp-32' } };
	expect((await load(event(db, '/meetings/rcp-32/round', of) as never)).zone).toBeNull();
	const form = { due_on: '', due_time: 'noon', time_zone: '' };
	expect((await act(actions.open, event(db, '/meetings/rcp-32/round', { ...of, form }))).data).toMatchObject({
		errors: {
			due_on: 'Choose the day answers are due.',
			due_time: 'Write the time as 17:00.',
			time_zone: 'Choose a time zone from the list.'
		}
	});
});

test('a host whose clock has an old name and one of today finds it chosen', async () => {
	const { db, office } = await openRound();
	for (const time_zone of ['Asia/Kolkata', 'Asia/Calcutta']) {
		await db.updateTable('round_opening').set({ time_zone }).execute();
		const { zone, zones } = (await load(event(db, path, { user: office, params }) as never)) as {
			zone: string;
			zones: string[];
		};
		expect(zone).toBe('Asia/Kolkata');
		expect(zones).toContain(zone);
	}
});
