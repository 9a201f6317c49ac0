import { describe, expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { actions, load } from '../../../src/routes/(public)/meetings/[meeting]/present/+page.server.ts';
import { person } from '../../support/people.ts';
import { add, story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const params = { meeting: 'rhca-24' };
const open = (db: Db, query = '') =>
	visit(load, db, `/meetings/rhca-24/present?plan=rsp-2022-2024${query}`, params);

async function send(
	db: Db,
	user: User | undefined,
	action: 'keep' | 'restore',
	fields: Record<string, string>
) {
	const url = new URL('http://localhost/meetings/rhca-24/present?plan=rsp-2022-2024');
	const request = new Request(url, { method: 'POST', body: new URLSearchParams(fields) });
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an action's event has more than it uses
	return actions[action]!({ locals: { db, user }, params, url, request } as any);
}

const usual = [
	'overview',
	'area-FA1',
	'area-FA2',
	'coverage',
	'movement',
	'timing',
	'matrix',
	'attention',
	'spotlight',
	'needs',
	'dates'
];

describe('the deck of a meeting', () => {
	test('has the slides of the template, and everybody asked can be put in the light', async () => {
		const { order, spotlights, slide, member, missed, usual: all } = await open(await story());
		expect(order).toEqual(usual);
		expect([slide, member, missed]).toEqual(['overview', null, []]);
		expect(spotlights.map(({ id }) => id)).toEqual([
			'spotlight-AUS',
			'spotlight-FJI',
			'spotlight-JPN',
			'spotlight-rocb-ap',
			'spotlight-VNM'
		]);
		for (const { sentence, notes } of [...all, ...spotlights]) {
			expect(sentence).toMatch(/\.$/);
			expect(notes).not.toBe('');
		}
	});

	test('begins at the slide and with the Member of the address', async () => {
		const db = await story();
		expect(await open(db, '&slide=coverage&member=FJI')).toMatchObject({ slide: 'coverage', member: 'FJI' });
	});

	test('goes on without what it has not, and says so in a sentence', async () => {
		const db = await story();
		const { slide, member, order, missed } = await open(
			db,
			'&slide=nothing&member=XXX&slides=overview,coverage,gone,dates'
		);
		expect([slide, member, order]).toEqual(['overview', null, ['overview', 'coverage', 'dates']]);
		expect(missed).toEqual([
			'This deck has no slide “gone”, so it goes on without it.',
			'There is no slide “nothing” in this deck: here is the first.',
			'“XXX” was not asked to report for this meeting, so there is nothing to put in the light.'
		]);
		expect((await open(db, '&slides=a,b')).order).toEqual(usual);
	});

	test('of a meeting that is no round, or is not here, is refused with a sentence', async () => {
		const db = await story();
		await expect(
			visit(load, db, '/meetings/council-2022/present', { meeting: 'council-2022' })
		).rejects.toThrow('Nothing was reported for Council');
		await expect(visit(load, db, '/meetings/rcp-99/present', { meeting: 'rcp-99' })).rejects.toMatchObject({
			status: 404
		});
	});

	test('holds names of 200 letters and narratives of 20,000', async () => {
		const db = await story();
		const name = 'Administration '.repeat(14).slice(0, 200);
		await db.updateTable('entity').set({ name }).where('id', '=', 'FJI').execute();
		await add(db, 'status_update', [
			{
				id: 'long',
				initiative_id: 'single-window',
				entity_id: 'FJI',
				meeting_id: 'rhca-24',
				stage: 'pilot',
				change: 'changed',
				progress_note: 'x'.repeat(20_000),
				support_needed: 'Help '.repeat(4000),
				recorded_at: '2023-05-02T00:00:00.000Z'
			}
		]);
		await (await import('#lib/server/standings.ts')).rebuild(db);
		const { spotlights, usual } = await open(db);
		expect(spotlights.find(({ id }) => id === 'spotlight-FJI')!.sentence).toContain(name.trim());
		expect(JSON.stringify(usual).length).toBeLessThan(200_000);
		expect(usual.find(({ kind }) => kind === 'needs')!.list!.rows[0]![2]!.value).toMatch(/^Help .*…$/);
	});
});

describe('the order of the slides', () => {
	const slides = 'dates,spotlight-FJI,overview';

	test('is kept for everybody by the office, with a line in the audit trail', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office', { name: 'The office' });
		await expect(send(db, office, 'keep', { slides, seen: '0' })).rejects.toMatchObject({ status: 303 });
		expect(await open(db)).toMatchObject({
			order: ['dates', 'spotlight-FJI', 'overview'],
			slide: 'dates',
			kept: { by: 'The office', version: 1 }
		});
		expect((await open(db, '&slides=coverage')).order).toEqual(['coverage']);
		await expect(send(db, office, 'keep', { slides: 'overview', seen: '1' })).rejects.toMatchObject({
			status: 303
		});
		await expect(send(db, office, 'restore', { seen: '2' })).rejects.toMatchObject({ status: 303 });
		expect(await open(db)).toMatchObject({ order: usual, kept: null });
		const lines = await db
			.selectFrom('audit_event')
			.select(['act', 'user_id', 'before', 'after'])
			.where('object', '=', 'deck of rhca-24 under rsp-2022-2024')
			.orderBy('seq')
			.execute();
		const first = JSON.stringify(slides.split(','));
		expect(lines).toEqual([
			{ act: 'order slides', user_id: office.id, before: null, after: first },
			{ act: 'order slides', user_id: office.id, before: first, after: '["overview"]' },
			{ act: 'restore slides', user_id: office.id, before: '["overview"]', after: null }
		]);
	});

	test('is refused to anybody else, with a slide there is not, or when another was kept in between', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office');
		for (const user of [undefined, await person(db, 'viewer'), await person(db, 'administrator')])
			await expect(send(db, user, 'keep', { slides, seen: '0' })).rejects.toMatchObject({
				name: 'Forbidden'
			});
		expect(await send(db, office, 'keep', { slides: 'overview,gone', seen: '0' })).toMatchObject({
			status: 422,
			data: { errors: { slides: expect.stringContaining('no slide “gone”') } }
		});
		expect(await send(db, office, 'keep', { slides: ' ', seen: '0' })).toMatchObject({ status: 422 });
		await send(db, office, 'keep', { slides, seen: '0' }).catch(() => {});
		expect(await send(db, office, 'keep', { slides: 'overview', seen: '0' })).toMatchObject({ status: 409 });
		expect(await send(db, office, 'restore', { seen: '0' })).toMatchObject({ status: 409 });
		expect((await open(db)).order).toEqual(slides.split(','));
	});
});
