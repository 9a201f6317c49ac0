import { expect, test } from 'vitest';
import { may, type User } from '#lib/domain/access.ts';
import { actName, changed, didWhat } from '#lib/domain/trail-words.ts';
import { permit } from '#lib/server/access/guard.ts';
import * as audit from '#lib/server/audit.ts';
import * as reviews from '#lib/server/reviews.ts';
import * as settlements from '#lib/server/settlements.ts';
import * as trail from '#lib/server/trail.ts';
import { load as audits } from '../../../src/routes/(app)/audit/+page.server.ts';
import { ofFiji, ofJapan, reviewed } from '../../support/reviewed.ts';
import { person } from '../../support/people.ts';
import { emptyDatabase } from '../../support/database.ts';

test('before and after are told field by field, in words, and only what differs', () => {
	const json = JSON.stringify;
	expect(
		changed(json({ stage: 'pilot', note: 'x', done_on: null }), json({ stage: 'implemented', note: 'x' }))
	).toEqual([{ field: 'Stage', from: 'Pilot', to: 'Implemented' }]);
	expect(changed(null, json({ element_id: 'a:FA1', on: '2026-11-24', flag: true, of: ['a', 'b'] }))).toEqual([
		{ field: 'Element', from: null, to: 'a:FA1' },
		{ field: 'On', from: null, to: '24 November 2026' },
		{ field: 'Flag', from: null, to: 'yes' },
		{ field: 'Of', from: null, to: 'a, b' }
	]);
	expect(changed(json('old'), json('new'))).toEqual([{ field: 'Value', from: 'old', to: 'new' }]);
	expect(changed(null, json({ counts: { entities: { added: 1 } } }))).toEqual([
		{ field: 'Counts', from: null, to: 'entities added 1' }
	]);
	expect(changed(null, null)).toEqual([]);
	expect(didWhat('confirm')).toBe('confirmed');
	expect(didWhat('plan')).toBe('planned');
	expect(changed(null, json({ changed: ['new_milestone_2'] }))).toEqual([
		{ field: 'Changed', from: null, to: 'New milestone 2' }
	]);
	expect(['open_round', 'draft_on_behalf', 'end_share', 'paint_it'].map(actName)).toEqual([
		'Opened the round',
		'Saved a draft, on behalf',
		'Revoked a published chart',
		'Paint it'
	]);
	expect(didWhat('paint_it')).toBe('did “paint it” to');
});

test('the trail is read newest first, page by page, every line once', async () => {
	const db = await emptyDatabase();
	for (let n = 1; n <= 250; n++)
		await audit.record(
			db,
			{ user_id: null, name: n % 2 ? 'Odd Person' : 'Even_Person' },
			{
				act: n % 5 ? 'rename' : 'add',
				object: `thing ${n}`,
				entity_id: n % 10 ? null : 'FJI'
			}
		);
	const seen: number[] = [];
	for (let next: number | null | undefined = undefined; next !== null;) {
		const page = await trail.page(db, {}, next);
		seen.push(...page.lines.map(({ seq }) => seq));
		next = page.next;
	}
	expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => 250 - i));
	const seqs = async (filters: trail.Filters) => (await trail.page(db, filters)).lines.length;
	expect(await seqs({ act: 'add' })).toBe(50);
	expect(await seqs({ entity: 'FJI' })).toBe(25);
	expect(await seqs({ who: 'even_p', act: 'add' })).toBe(25);
	expect(await seqs({ who: '%' })).toBe(100);
	const today = new Date().toISOString().slice(0, 10);
	expect(await seqs({ from: today, to: today })).toBe(100);
	expect(await seqs({ to: '2020-01-01' })).toBe(0);
	expect(await trail.acts(db)).toEqual(['add', 'rename']);
	expect(await trail.state(db, { follow: true })).toMatchObject({ seq: 250, followed: true, faults: [] });
});

test('the history of an initiative is read by its own people, each what is theirs, and by who reads the whole trail', async () => {
	const { db, office, fiji, officer, japan, area, viewer, administrator } = await reviewed();
	await reviews.record(db, office, [ofFiji, ofJapan], { verdict: 'queried', note: 'Between two.' });
	const read = (user: User, id: string) =>
		trail.ofInitiative(db, user, id).then(
			({ lines }) => lines.map(({ actor, did, object }) => `${actor} ${did} ${object}`),
			(cause: Error) => cause.message
		);
	const line = [`The office queried status update ${ofFiji}`];
	for (const user of [office, administrator, fiji, officer])
		expect(await read(user, 'single-window')).toEqual(line);
	const absent = await read(japan, 'no-such-initiative');
	expect(absent).toMatch(/^There is no history/);
	for (const user of [japan, area, viewer]) expect(await read(user, 'single-window')).toBe(absent);
	// Australia and Japan run the drill together: what was said to Japan is not for Australia.
	const australia = await person(db, 'national_coordinator', { entity_id: 'AUS' });
	expect(await read(japan, 'drill')).toHaveLength(1);
	expect(await read(australia, 'drill')).toEqual([]);
});

test('the notes of reviews and returns that lines hold are read by the two sides alone', async () => {
	const { db, office, area, fiji, officer, japan, viewer, administrator } = await reviewed();
	const secret = 'Not for others.';
	const note = { note: secret };
	await reviews.record(db, office, [ofFiji], { verdict: 'queried', ...note });
	await reviews.record(db, office, [ofFiji], {
		verdict: 'differs',
		stage: 'committed',
		timing: null,
		...note
	});
	await settlements.giveBack(
		db,
		office,
		{ meeting_id: 'rhca-24', entity_id: 'FJI' },
		{ ...note, origin: 'http://localhost' }
	);
	const others = {
		japan,
		viewer,
		area,
		// Its own element, and one that Fiji has nothing under.
		elsewhere: await person(db, 'area_coordinator', { element_id: 'rsp-2022-2024:FA3' }),
		regional: await person(db, 'national_coordinator', { entity_id: 'rocb-ap' })
	};
	const initiatives = await db.selectFrom('initiative').select('id').execute();
	const told = async (user: User) => {
		const all = [];
		for (const { id } of initiatives)
			all.push(await trail.ofInitiative(db, user, id).catch((cause: Error) => cause.message));
		all.push(
			await Promise.resolve(
				audits({ locals: { db, user }, url: new URL('http://localhost/audit') } as never)
			).catch((cause: Error) => cause.message)
		);
		return JSON.stringify(all);
	};
	for (const [name, user] of Object.entries(others)) expect(await told(user), name).not.toContain(secret);
	for (const user of [office, fiji, officer, administrator]) expect(await told(user)).toContain(secret);
	for (const user of [fiji, officer]) expect(() => permit(may(user, 'read_trail'))).toThrow();
});
