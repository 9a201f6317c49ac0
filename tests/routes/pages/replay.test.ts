import { describe, expect, test } from 'vitest';
import type { MatrixReplay, StagesReplay } from '#lib/charts/replay.ts';
import * as progress from '#lib/server/progress.ts';
import { load } from '../../../src/routes/(public)/replay/+page.server.ts';
import { story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const stages = async (query = '', db?: Awaited<ReturnType<typeof story>>) =>
	(await visit(load, db ?? (await story()), `/replay?plan=rsp-2022-2024${query}`)).replay as StagesReplay;
const matrix = async (query = '') =>
	(await visit(load, await story(), `/replay?plan=rsp-2022-2024&show=matrix${query}`)).replay as MatrixReplay;

describe('the stages, step by step', () => {
	test('every step has as many fresh, carried and missing as the figures of its meeting, of the whole and of each part', async () => {
		const db = await story();
		for (const basis of ['known', 'presented'] as const) {
			const { frames, rows, places } = await stages(`&basis=${basis}`, db);
			for (const { key, shown } of frames) {
				const { elements, total } = await progress.byElement(db, {
					plan_id: 'rsp-2022-2024',
					meeting_id: key,
					basis
				});
				rows.forEach((row, r) => {
					const tally = row.whole ? total : elements.find(({ element_id }) => element_id === row.key)!.tally;
					const sum = (what: 'reported' | 'confirmed' | 'carried' | 'missing') =>
						shown[r]!.reduce((n, one) => n + (one?.[what] ?? 0), 0);
					expect([sum('reported'), sum('confirmed'), sum('carried'), sum('missing')]).toEqual([
						tally.reported,
						tally.confirmed,
						tally.carried,
						tally.missing
					]);
					places.forEach((place, p) => {
						if (place === 'unknown' || place === 'off') return;
						const one = shown[r]![p];
						expect((one?.reported ?? 0) + (one?.confirmed ?? 0)).toBe(tally[place]);
					});
				});
			}
		}
	});

	test('a step says what moved and how many stood still', async () => {
		const { frames } = await stages();
		expect(frames.map(({ name, words }) => [name, words])).toEqual([
			['RHCA-23', 'RHCA-23: 5 initiatives reported on; 0 without a report.'],
			[
				'RCP-32',
				'RCP-32: 1 moved up, 0 moved down, 0 heard of for the first time; 1 stood still without a report.'
			],
			[
				'RHCA-24',
				'RHCA-24: 1 moved up, 0 moved down, 0 heard of for the first time; 2 stood still without a report.'
			],
			[
				'RCP-33',
				'RCP-33: 0 moved up, 0 moved down, 0 heard of for the first time; 6 stood still without a report.'
			]
		]);
	});
});

describe('the matrix, step by step', () => {
	test('a cell moves only when a report moves it; carried and missing it stands still and looks so', async () => {
		const { frames, groups, columns } = await matrix();
		const rows = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
		const cell = (entity: string, code: string) =>
			frames.map(({ shown }) => {
				const one = shown[rows.indexOf(entity)]![columns.findIndex(({ label }) => label === code)];
				return one ? `${one.place} ${one.look}${one.came ? ` ${one.came}` : ''}` : null;
			});
		expect(cell('FJI', 'FA1')).toEqual([
			'committed reported first',
			'pilot reported up',
			'partly_implemented reported up',
			'partly_implemented carried'
		]);
		expect(cell('AUS', 'FA2')).toEqual([
			'pilot reported first',
			'pilot reported',
			'pilot carried',
			'pilot missing'
		]);
		expect(cell('PLW', 'FA2')).toEqual([null, null, null, 'unknown missing']);
	});

	test('as presented it is what stood at the freeze', async () => {
		const { frames, groups, columns } = await matrix('&basis=presented');
		const rows = groups.flatMap(({ rows }) => rows.map(({ key }) => key));
		const fa2 = columns.findIndex(({ label }) => label === 'FA2');
		expect(frames[1]!.shown[rows.indexOf('AUS')]![fa2]).toMatchObject({ place: 'committed', came: 'down' });
	});
});

describe('the address', () => {
	const at = async (query: string) => {
		const { at, missed } = await visit(load, await story(), `/replay?plan=rsp-2022-2024${query}`);
		return { at, missed };
	};
	test('holds the step; without one it is the first', async () => {
		expect(await at('')).toEqual({ at: 0, missed: null });
		expect(await at('&at=rhca-24')).toEqual({ at: 2, missed: null });
	});
	test('that asks for a meeting that is no step begins at the first and says so; an unknown one suggests', async () => {
		expect(await at('&at=council-2022')).toEqual({ at: 0, missed: 'Council' });
		await expect(at('&at=rcp33')).rejects.toMatchObject({
			status: 404,
			body: { suggestions: [{ href: '/meetings/rcp-33' }] }
		});
		await expect(at('&show=nothing')).rejects.toThrow('must be one of stages, matrix');
	});
	test('of a plan nobody serves has nothing to replay', async () => {
		expect((await visit(load, await story(), '/replay?plan=rsp-2018-2020')).replay).toBeNull();
	});
});
