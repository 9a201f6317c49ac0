import { describe, expect, test } from 'vitest';
import { figures } from '#lib/charts/telling-figures.ts';
import { telling, type Changed } from '#lib/charts/telling.ts';
import { movement, type Pair, type Slice } from '#lib/domain/movement.ts';
import { empty } from '#lib/domain/tally.ts';
import { fault, plain } from '#lib/domain/wording.ts';
import { tally } from './rows.ts';

const pair = (before: string | null, now: string, count: number): Pair => ({
	before: before === null ? null : { freshness: 'reported', stage: before as 'pilot', change: 'changed' },
	now: { freshness: 'reported', stage: now as 'pilot', change: 'changed' },
	count
});

const slice = (pairs: Pair[], before = empty(), now = empty(), more: Partial<Slice> = {}): Slice => ({
	before,
	now,
	movement: movement(pairs, before, now),
	first: 0,
	corrected: 0,
	...more
});

const element = (code: string) => ({ id: `p:${code}`, plan_id: 'p', code, title: `Area ${code}` });
const member = (id: string, name: string) => ({ id, name, kind: 'member' });
const between = { from: 'RHCA-23', to: 'RCP-32' };
const asked = {
	now: { plan: 'p', meeting: 'rcp-32', from: 'rhca-23' },
	before: { plan: 'p', meeting: 'rhca-23' }
};

function said(changed: Partial<Changed>, more = {}) {
	const all: Changed = { total: slice([]), elements: [], entities: [], renewal: null, ...changed };
	const words = telling(all, { ...between, ...more });
	expect(fault(words, figures(all, asked))).toBeUndefined();
	return plain(words, figures(all, asked));
}

describe('what changed, in words', () => {
	const then = tally({ implemented: 12, pilot: 12 }, 4, 0);
	const now = tally({ implemented: 15, pilot: 7, committed: 2 }, 3, 3);
	const total = slice(
		[
			pair('pilot', 'implemented', 3),
			pair('pilot', 'committed', 2),
			pair('implemented', 'implemented', 12),
			pair('pilot', 'pilot', 7)
		],
		then,
		now,
		{ first: 1, corrected: 2 }
	);

	test('gives whole points that add up', () => {
		const before = tally({ implemented: 5, pilot: 86 }, 4, 0);
		const later = tally({ implemented: 9, pilot: 82 }, 4, 0);
		const panel = [
			pair('pilot', 'implemented', 6),
			pair('implemented', 'pilot', 1),
			pair('pilot', 'pilot', 60)
		];
		// 5.49% and 9.89%: 4.4 points, 7.46 within and -3.07 besides, which each by itself would round to +4, +7 and -3.
		expect(said({ total: slice(panel, before, later) })).toContain(
			'from 5% to 10% (+5 points): +7 points among those that reported both times (within), -2 points because'
		);
	});

	test('names what was reported, what moved and why the share changed', () => {
		expect(said({ total })).toBe(
			'For RCP-32, 24 of 30 initiatives were reported on or confirmed unchanged (80%); for RHCA-23 it was 24 of 28 (86%). The number expected changed in between: the two meetings are not out of the same total. ' +
				'Of 24 initiatives reported on both times, 3 moved up, 2 moved down and 19 stayed at the same stage. ' +
				'Among what was reported, the implemented share went from 50% to 63% (+13 points): +13 points among those that reported both times (within), no change because others reported (composition).\n' +
				'Besides: 1 reported on for the first time and 2 corrected.'
		);
	});

	test('says when the change comes from who reported', () => {
		const others = slice(
			[pair('implemented', 'implemented', 12), pair('pilot', 'pilot', 8)],
			tally({ implemented: 12, pilot: 12 }),
			tally({ implemented: 12, pilot: 8 })
		);
		expect(said({ total: others })).toContain(
			'More of the change comes from who reported than from work that moved.'
		);
	});

	test('in the worked example no share is named, because too little was reported', () => {
		const worked = slice(
			[pair('implemented', 'implemented', 12), pair('pilot', 'pilot', 8)],
			tally({ implemented: 12, pilot: 12 }, 6, 4),
			tally({ implemented: 12, pilot: 8 }, 10, 5)
		);
		const words = said({ total: worked });
		expect(words).toContain('Too little was reported for RHCA-23 or RCP-32 to compare shares');
		expect(words).toContain('20 of 35 initiatives were reported on or confirmed unchanged; for');
		expect(words).not.toContain('points');
	});

	test('names the parts that moved and the Members that said nothing, in the order given', () => {
		const moved = slice([pair('pilot', 'implemented', 1)], tally({ pilot: 1 }), tally({ implemented: 1 }));
		const silent = slice([], tally({ pilot: 1 }), tally({}, 1));
		const words = said({
			total,
			elements: [
				{ element: element('FA1'), ...moved },
				{ element: element('FA2'), ...silent }
			],
			entities: [
				{ entity: member('FJI', 'Fiji'), nothing: false, ...silent },
				{ entity: member('JPN', 'Japan'), nothing: false, ...moved },
				{ entity: member('VNM', 'Viet Nam'), nothing: true, ...silent },
				{
					entity: { id: 'rocb', name: 'Regional Office', kind: 'regional_office' },
					nothing: false,
					...silent
				}
			]
		});
		expect(words).toContain('By part of the plan: FA1 1 up.');
		expect(words).toContain('1 Member asked to report for RCP-32 said nothing: Fiji.');
	});

	test('says that nothing was expected, or that nothing can be compared', () => {
		expect(said({})).toBe(
			'Nothing was expected for RCP-32. Nothing was reported on both times, so no movement can be shown.'
		);
		expect(said({ total: slice([pair(null, 'pilot', 2)], empty(), tally({ pilot: 2 })) })).toBe(
			'For RCP-32, 2 of 2 initiatives were reported on or confirmed unchanged; nothing was expected for RHCA-23. Nothing was reported on both times, so no movement can be shown.\nBesides: 2 new.'
		);
	});

	test('over a renewal the break comes first, with what ended and what began', () => {
		const words = said(
			{ total, renewal: { ended: [element('B')], begun: [element('FA3')] } },
			{ renewal: { from: 'RSP 2018-2020', to: 'RSP 2022-2024' } }
		);
		expect(words).toMatch(/^RSP 2022-2024 came in place of RSP 2018-2020 in between\./);
		expect(words).toContain('Ended with RSP 2018-2020: B Area B. Begun with RSP 2022-2024: FA3 Area FA3.');
	});
});

test('each figure leads to the list it counts, and none leads nowhere', () => {
	const then = tally({ pilot: 3 });
	const changed: Changed = {
		total: slice([pair('pilot', 'implemented', 2)], then, tally({ implemented: 2 }, 1)),
		elements: [],
		entities: [
			{
				entity: member('FJI', 'Fiji'),
				nothing: false,
				...slice([pair('pilot', 'implemented', 2)], then, then)
			}
		],
		renewal: null
	};
	const found = figures(changed, asked);
	expect(found.up).toMatchObject({
		value: 2,
		href: '/initiatives?plan=p&meeting=rcp-32&from=rhca-23&moved=up'
	});
	expect(found.down).toMatchObject({ value: 0, href: null });
	expect(found.reported).toMatchObject({ href: '/initiatives?plan=p&meeting=rcp-32&freshness=fresh' });
	expect(found.reported_before).toMatchObject({
		href: '/initiatives?plan=p&meeting=rhca-23&freshness=fresh'
	});
	expect(found['FJI.up']).toMatchObject({
		value: 2,
		label: 'Fiji: moved up',
		href: '/initiatives?plan=p&meeting=rcp-32&from=rhca-23&entity=FJI&moved=up'
	});
});
