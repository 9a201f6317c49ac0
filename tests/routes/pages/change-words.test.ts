import { describe, expect, test } from 'vitest';
import type { Db } from '#db/open.server.ts';
import type { User } from '#lib/domain/access.ts';
import { load as loadChanges } from '../../../src/routes/(public)/meetings/[meeting]/changes/+page.server.ts';
import { actions, load } from '../../../src/routes/(app)/meetings/[meeting]/changes/words/+page.server.ts';
import { person } from '../../support/people.ts';
import { add, story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const path = '/meetings/rhca-24/changes/words?plan=rsp-2022-2024';
const params = { meeting: 'rhca-24' };

async function send(
	db: Db,
	user: User | undefined,
	action: 'keep' | 'restore',
	fields: Record<string, string>,
	at = { path, params }
) {
	const url = new URL(at.path, 'http://localhost');
	const request = new Request(url, { method: 'POST', body: new URLSearchParams(fields) });
	// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an action's event has more than it uses
	return actions[action]!({ locals: { db, user }, params: at.params, url, request } as any);
}

const read = async (db: Db, query = '') => {
	const { changes } = await visit(
		loadChanges,
		db,
		`/meetings/rhca-24/changes?plan=rsp-2022-2024${query}`,
		params
	);
	return {
		own: changes!.own,
		text: changes!.text.map((of) => of.map(({ text }) => text).join('')).join('\n')
	};
};
const seen = async (db: Db) => (await visit(load, db, path, params)).seen;

const words = 'We heard of {reported} and moved {up initiatives} up.\nFiji: {FJI.up}.';

describe('the words about what changed', () => {
	test('can be written by the office; their figures stay links and follow the data', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office', { name: 'The office' });
		await expect(send(db, office, 'keep', { words, seen: '' })).rejects.toMatchObject({
			status: 303,
			location: '/meetings/rhca-24/changes?plan=rsp-2022-2024&from=rcp-32'
		});
		expect(await read(db)).toMatchObject({
			// Nobody outside is told who wrote them.
			own: { by: null },
			text: 'We heard of 3 and moved 1 initiative up.\nFiji: 1.'
		});
		const { changes } = await visit(loadChanges, db, '/meetings/rhca-24/changes?plan=rsp-2022-2024', params);
		expect(changes!.text.flat().find(({ figure }) => figure === 'FJI.up')!.href).toBe(
			'/initiatives?plan=rsp-2022-2024&meeting=rhca-24&from=rcp-32&entity=FJI&moved=up'
		);

		await add(db, 'status_update', [
			{
				id: 'aus',
				initiative_id: 'drill',
				entity_id: 'AUS',
				meeting_id: 'rhca-24',
				stage: 'partly_implemented',
				change: 'changed',
				recorded_at: '2023-05-02T00:00:00.000Z'
			}
		]);
		const { rebuild } = await import('#lib/server/standings.ts');
		await rebuild(db);
		expect((await read(db)).text).toBe('We heard of 4 and moved 2 initiatives up.\nFiji: 1.');
	});

	test('leave a line in the audit trail, and the ones before are kept', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office');
		await send(db, office, 'keep', { words, seen: '' }).catch(() => {});
		await send(db, office, 'keep', { words: 'Shorter.', seen: await seen(db) }).catch(() => {});
		await send(db, office, 'restore', { seen: await seen(db), words: 'Shorter.' }).catch(() => {});
		const lines = await db
			.selectFrom('audit_event')
			.select(['act', 'object', 'user_id', 'meeting_id', 'before', 'after'])
			.where('object', 'like', 'changes %')
			.orderBy('seq')
			.execute();
		const line = {
			object: 'changes from rcp-32 to rhca-24 under rsp-2022-2024',
			user_id: office.id,
			meeting_id: 'rhca-24'
		};
		expect(lines).toEqual([
			{ ...line, act: 'write words', before: null, after: JSON.stringify(words) },
			{ ...line, act: 'write words', before: JSON.stringify(words), after: '"Shorter."' },
			{ ...line, act: 'restore words', before: '"Shorter."', after: null }
		]);
		expect((await read(db)).own).toBeNull();
		expect(await db.selectFrom('change_text').select('words').orderBy('written_at').execute()).toEqual([
			{ words },
			{ words: 'Shorter.' },
			{ words: null }
		]);
		await expect(db.updateTable('change_text').set({ words: 'x' }).execute()).rejects.toThrow('append-only');
	});

	test('are of these two meetings and this plan only', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office');
		await send(db, office, 'keep', { words: 'Only here.', seen: '' }).catch(() => {});
		expect((await read(db, '&from=rhca-23')).own).toBeNull();
		expect((await read(db)).text).toBe('Only here.');
	});

	test('as presented, are those that stood at the freeze', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office');
		const frozen = {
			path: '/meetings/rcp-32/changes/words?plan=rsp-2022-2024',
			params: { meeting: 'rcp-32' }
		};
		await send(db, office, 'keep', { words: 'After the freeze.', seen: '' }, frozen).catch(() => {});
		const own = async (query: string) =>
			(await visit(loadChanges, db, `/meetings/rcp-32/changes?plan=rsp-2022-2024${query}`, frozen.params))
				.changes!.own;
		expect(await own('')).not.toBeNull();
		expect(await own('&basis=presented')).toBeNull();
	});
});

describe('is refused', () => {
	test('whoever is not of the office, and nothing is kept', async () => {
		const db = await story();
		for (const role of ['viewer', 'administrator'] as const)
			await expect(send(db, await person(db, role), 'keep', { words, seen: '' })).rejects.toMatchObject({
				name: 'Forbidden'
			});
		await expect(send(db, undefined, 'restore', { seen: '' })).rejects.toMatchObject({ name: 'Forbidden' });
		expect(await db.selectFrom('change_text').selectAll().execute()).toEqual([]);
	});

	test('a figure there is not, with what was written given back', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office');
		expect(await send(db, office, 'keep', { words: 'Now {nothing}.', seen: '' })).toMatchObject({
			status: 422,
			data: { values: { words: 'Now {nothing}.' }, errors: { words: expect.stringContaining('"nothing"') } }
		});
		expect(await send(db, office, 'keep', { words: ' ', seen: '' })).toMatchObject({ status: 422 });
	});

	test('what would take the place of words one has not seen; sent again it does', async () => {
		const db = await story();
		const office = await person(db, 'vice_chair_office', { name: 'First' });
		await send(db, office, 'keep', { words: 'First words.', seen: '' }).catch(() => {});
		const refused = await send(db, office, 'keep', { words: 'Second words.', seen: '' });
		expect(refused).toMatchObject({
			status: 409,
			data: {
				values: { words: 'Second words.', seen: await seen(db) },
				errors: { words: expect.stringContaining('First changed these words') }
			}
		});
		expect((await read(db)).text).toBe('First words.');
		await send(
			db,
			office,
			'keep',
			(refused as unknown as { data: { values: Record<string, string> } }).data.values
		).catch(() => {});
		expect((await read(db)).text).toBe('Second words.');
	});
});
