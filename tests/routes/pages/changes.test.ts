import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { counts } from '#lib/domain/movement.ts';
import { load } from '../../../src/routes/(public)/meetings/[meeting]/changes/+page.server.ts';
import { left, share } from '../../../src/routes/(public)/meetings/[meeting]/changes/room.ts';
import { add, story } from '../../support/story.ts';
import { visit } from '../../support/visit.ts';

const open = async (meeting: string, query = '', db?: Awaited<ReturnType<typeof story>>) =>
	visit(load, db ?? (await story()), `/meetings/${meeting}/changes${query}`, { meeting });

test('what changed is compared with the round before, and each list has as many rows as its figure', async () => {
	const { from, changes } = await open('rhca-24', '?plan=rsp-2022-2024');
	expect(from!.id).toBe('rcp-32');
	for (const { moved, rows, total } of changes!.lists) {
		expect({ moved, n: rows.length }).toEqual({ moved, n: counts(changes!.total)[moved] });
		expect(total).toBe(rows.length);
	}
	expect(changes!.lists.find(({ moved }) => moved === 'back')!.rows).toMatchObject([
		{ id: 'drill', entity_id: 'JPN' }
	]);
	expect(changes!.lists.find(({ moved }) => moved === 'corrected')!.rows).toMatchObject([
		{ id: 'drill', entity_id: 'AUS' }
	]);
	expect(changes!.entities.map(({ entity }) => entity.name)).toEqual([
		'Australia',
		'Fiji',
		'Japan',
		'Regional Office for Capacity Building',
		'Viet Nam'
	]);
});

test('the words name the figures, and each figure is a link to its list', async () => {
	const { changes } = await open('rhca-24', '?plan=rsp-2022-2024');
	const pieces = changes!.text.flat();
	expect(pieces.map(({ text }) => text).join('')).toContain(
		'For RHCA-24, 3 of 5 initiatives were reported on'
	);
	expect(pieces.find(({ figure }) => figure === 'up')).toMatchObject({
		text: '1',
		href: '/initiatives?plan=rsp-2022-2024&meeting=rhca-24&from=rcp-32&moved=up'
	});
	for (const { figure, text, href } of pieces)
		if (figure && /\d/.test(text)) expect([figure, href]).not.toContain(null);
});

describe('which two meetings', () => {
	test('any two can be compared', async () => {
		const { from, meeting, changes } = await open('rcp-33', '?from=rhca-23&plan=rsp-2022-2024');
		expect([from!.id, meeting.id]).toEqual(['rhca-23', 'rcp-33']);
		expect(changes!.total.before.reported).toBe(5);
	});

	test('with the later one first, they are exchanged', async () => {
		await expect(open('rcp-32', '?from=rhca-24&plan=rsp-2022-2024&basis=presented')).rejects.toMatchObject({
			status: 307,
			location: '/meetings/rhca-24/changes?from=rcp-32&plan=rsp-2022-2024&basis=presented'
		});
	});

	test('compared with itself, or the first of all, there is a sentence and no figures', async () => {
		expect(await open('rcp-32', '?from=rcp-32')).toMatchObject({ why: 'same', changes: null });
		expect(await open('rhca-23')).toMatchObject({ why: 'first', changes: null });
		expect(await open('council-2022')).toMatchObject({ why: 'no round', changes: null });
	});

	test('one that is no round, or is not here, is refused with a sentence', async () => {
		await expect(open('rcp-32', '?from=council-2022')).rejects.toThrow(
			'Nothing was reported for Council, because it is no round.'
		);
		await expect(open('rcp-32', '?from=nowhere')).rejects.toMatchObject({
			status: 404,
			body: { message: 'There is no meeting "nowhere".' }
		});
		await expect(open('rcp-32', '?from_plan=nothing')).rejects.toMatchObject({ status: 404 });
	});
});

describe('over the renewal of a plan', () => {
	const renewal = '?plan=rsp-2022-2024&from_plan=rsp-2018-2020';

	test('the plan then is one this plan continues; one left over from another choice is the same plan', async () => {
		expect((await open('rcp-32', renewal)).from_plan!.id).toBe('rsp-2018-2020');
		const other = await open('rcp-32', '?plan=rsp-2022-2024&from_plan=sp-2022-2025');
		expect(other.from_plan!.id).toBe('rsp-2022-2024');
		expect(other.changes!.renewal).toBeNull();
	});

	test('the break is drawn and said, and the lists ask for the plan then', async () => {
		const db = await story();
		await add(db, 'plan_element', [
			{ id: 'rsp-2018-2020:A', plan_id: 'rsp-2018-2020', code: 'A', kind: 'focus_area', title: 'Old area' }
		]);
		const { changes } = await open('rcp-32', renewal, db);
		expect(changes!.renewal).toEqual({ from: 'RSP 2018-2020', to: 'RSP 2022-2024' });
		expect(changes!.chart.panels[0]!.breaks).toMatchObject([{ from: 0, to: 5 }]);
		expect(changes!.text[0]!.map(({ text }) => text).join('')).toContain(
			'RSP 2022-2024 came in place of RSP 2018-2020 in between.'
		);
		expect(changes!.text[0]!.map(({ text }) => text).join('')).toContain(
			'Ended with RSP 2018-2020: A Old area.'
		);
		expect(changes!.asked).toMatchObject({ from_plan: 'rsp-2018-2020' });
	});
});

describe('one side of paper', () => {
	const height = (totals: readonly number[], rows: readonly number[]) =>
		totals.reduce((sum, total, i) => sum + (total > 0 ? 1 + rows[i]! + (rows[i]! < total ? 1 : 0) : 0), 0);

	test('lists share the lines there are: no more than fit, and none longer than it is', () => {
		fc.assert(
			fc.property(fc.array(fc.nat(300), { maxLength: 8 }), fc.nat(120), (totals, lines) => {
				const rows = share(totals, lines);
				rows.forEach((n, i) => expect(n).toBeLessThanOrEqual(totals[i]!));
				const least = height(
					totals,
					totals.map(() => 0)
				);
				expect(height(totals, rows)).toBeLessThanOrEqual(Math.max(lines, least));
			})
		);
	});

	test('a short list leaves its room to the others, and what fits is all there', () => {
		expect(share([2, 100, 0], 20)).toEqual([2, 15, 0]);
		expect(share([3, 4], 9)).toEqual([3, 4]);
		expect(share([5, 5], 0)).toEqual([0, 0]);
	});

	test('the longer the text and the more Members, the less is left for lists', () => {
		const short = left({ text: 'A sentence.', elements: 3, entities: 30 });
		expect(left({ text: 'A sentence. '.repeat(120), elements: 3, entities: 30 })).toBeLessThan(short);
		expect(left({ text: 'A sentence.', elements: 3, entities: 75 })).toBeLessThan(short);
		expect(left({ text: 'word '.repeat(4000), elements: 90, entities: 90 })).toBe(0);
	});
});
