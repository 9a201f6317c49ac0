import { describe, expect, test } from 'vitest';
import { alignment, type AlignedPlan, type Alignment } from '#lib/charts/alignment.ts';
import { initiative, type Stood } from '#lib/charts/initiative.ts';
import { matrix } from '#lib/charts/matrix.ts';
import { movement } from '#lib/charts/movement.ts';
import { pictures } from '#lib/charts/outputs/svg.ts';
import { unserved, type Served } from '#lib/charts/unserved.ts';
import { movement as moved, type Movement } from '#lib/domain/movement.ts';
import { empty } from '#lib/domain/tally.ts';
import { meeting, setting, tally, worked } from './rows.ts';

describe('what moved', () => {
	const none: Movement = {
		panel: 0,
		up: 0,
		same: 0,
		down: 0,
		new: 0,
		ended: 0,
		silent: 0,
		back: 0,
		within: null,
		composition: null
	};
	const between = { from: meeting('rhca-23', '2022-05-18'), to: meeting('rcp-32') };
	const draw = (movement_: Partial<Movement>, more = {}) =>
		movement(
			{ key: 'whole', title: 'All', movement: { ...none, ...movement_ }, ...more },
			[],
			between,
			setting
		);

	test('every kind of movement is a bar of its own with its own list', () => {
		const spec = draw({ panel: 6, up: 3, same: 2, down: 1, new: 4, ended: 5, silent: 7, back: 8 });
		expect(spec.series.map(({ key }) => key)).toEqual([
			'up',
			'same',
			'down',
			'new',
			'ended',
			'silent',
			'back'
		]);
		expect(spec.panels[0]!.values.flat()).toEqual([3, 2, 1, 4, 5, 7, 8]);
		expect(spec.stacked).toBe(false);
		expect(spec.series.map(({ filter }) => filter)).toContainEqual({ moved: 'silent' });
	});

	test.each([
		[{}, 'Between RHCA-23 and RCP-32, no initiative was reported on both times, so no movement can be shown'],
		[
			{ panel: 1, down: 1 },
			'Between RHCA-23 and RCP-32, the one initiative reported on both times moved down'
		],
		[
			{ panel: 3, same: 3 },
			'Between RHCA-23 and RCP-32, none of the 3 initiatives reported on both times changed stage'
		],
		[
			{ panel: 3, up: 1, same: 2 },
			'Between RHCA-23 and RCP-32, 1 initiative moved up and none moved down; 2 stayed at the same stage'
		],
		[
			{ panel: 3, up: 0, down: 3 },
			'Between RHCA-23 and RCP-32, no initiatives moved up and 3 moved down; none stayed at the same stage'
		]
	])('title %#', (movement, sentence) => expect(draw(movement).title).toBe(sentence));

	test('in the worked example the split is withheld, because the second meeting has too few answers', () => {
		const [then, now] = [worked[0]!.tally, worked[1]!.tally];
		const spec = draw({ panel: 20, same: 20, silent: 4, within: 0, composition: 0.1 }, { before: then, now });
		expect(spec.notes.join(' ')).not.toContain('point');
		expect(spec.notes.join(' ')).toContain('Too little was reported');
	});

	test('where composition is the larger part, the chart says so in words', () => {
		const [then, now] = [tally({ implemented: 12, pilot: 12 }), tally({ implemented: 12, pilot: 8 })];
		const spec = draw({ panel: 20, same: 20, within: 0, composition: 0.1 }, { before: then, now });
		expect(spec.notes.join(' ')).toContain('+10 points in all; no change among the 20');
		expect(spec.notes.at(-1)).toBe('More of the change comes from who reported than from work that moved.');
		const steady = draw({ panel: 20, within: 0.1, composition: 0.05 }, { before: then, now });
		expect(steady.notes.join(' ')).not.toContain('More of the change');
	});

	test('a break is drawn where the number expected changed, and where the plan was renewed', () => {
		const [then, now] = [tally({ pilot: 30 }), tally({ pilot: 35 })];
		const drawing = (more: object, meetings = between) =>
			pictures(
				movement(
					{ key: 'whole', title: 'All', movement: { ...none, panel: 30, same: 30 }, ...more },
					[],
					meetings,
					setting
				)
			)[0]!;
		const steady = drawing({ before: then, now: then });
		expect(steady.body).not.toContain('class="break"');
		const grown = drawing({ before: then, now });
		expect(grown.body).toContain('class="break"');
		expect(grown.body).toContain('30 → 35 expected');
		expect(grown.height).toBeGreaterThan(steady.height);
		const renewal = { from: 'RSP 2018-2020', to: 'RSP 2022-2024' };
		const renewed = movement(
			{ key: 'whole', title: 'All', movement: { ...none, panel: 30, same: 30 }, before: then, now: then },
			[],
			{ ...between, renewal },
			setting
		);
		expect(pictures(renewed)[0]!.body).toContain('RSP 2018-2020 → RSP 2022-2024');
		expect(renewed.subtitle).toContain('RSP 2018-2020 continued by RSP 2022-2024');
		expect(renewed.notes.join(' ')).toContain('RSP 2022-2024 came in place of RSP 2018-2020');
	});

	test('what was carried is no movement', () => {
		const carried = {
			before: { freshness: 'carried', stage: 'pilot', change: null },
			now: { freshness: 'reported', stage: 'implemented', change: 'changed' },
			count: 3
		} as const;
		const spec = draw(moved([carried], tally({}, 3), tally({ implemented: 3 })));
		expect(spec.panels[0]!.values.flat()).toEqual([0, 0, 0, 0, 0, 0, 3]);
	});
});

describe('the matrix', () => {
	const columns = [{ id: 'p:A', code: 'A', title: 'Area', href: '/plans/p/A' }];
	const row = (
		id: string,
		name: string,
		subregion: string | null,
		one: ReturnType<typeof tally>,
		kind = 'member'
	) => ({
		entity: { id, name, kind, subregion },
		total: one,
		cells: [{ element_id: 'p:A', tally: one }]
	});
	const spec = matrix(
		columns,
		[
			row('VNM', 'Viet Nam', 'ASEAN', tally({ implemented: 3 })),
			row('BRN', 'Brunei Darussalam', 'ASEAN', tally({}, 0, 2)),
			row('rocb', 'Regional office', null, tally({ pilot: 1 }), 'regional_office'),
			row('AUS', 'Australia', 'Oceania', tally({}, 1, 1)),
			row('PLW', 'Palau', 'Oceania', empty()),
			row('NZL', 'New Zealand', 'Oceania', tally({ pilot: 1, implemented: 1, discontinued: 1 }))
		],
		meeting('rcp-32'),
		setting
	);

	test('groups by sub-region, bodies last, and names in alphabetical order: nobody is ranked', () => {
		expect(spec.groups.map(({ title, rows }) => [title, rows.map(({ label }) => label)])).toEqual([
			['ASEAN', ['Brunei Darussalam', 'Viet Nam']],
			['Oceania', ['Australia', 'New Zealand', 'Palau']],
			['Regional bodies', ['Regional office']]
		]);
	});

	test('every cell has a word, silence too, and a list where something was asked', () => {
		const cells = spec.groups.flatMap(({ rows }) =>
			rows.map(({ key, cells }) => [key, cells[0]!.word, cells[0]!.href])
		);
		const list = (entity: string) =>
			`/initiatives?plan=rsp-2022-2024&meeting=rcp-32&element=p%3AA&entity=${entity}`;
		expect(cells).toEqual([
			['BRN', 'No report', list('BRN')],
			['VNM', 'Implemented', list('VNM')],
			['AUS', 'Carried forward', list('AUS')],
			['NZL', 'Pilot', list('NZL')],
			['PLW', 'Not asked', null],
			['rocb', 'Pilot', list('rocb')]
		]);
	});

	test('its title counts Members, and only those asked', () => {
		expect(spec.title).toBe(
			'2 of the 4 Members expected to report for RCP-32 did, on at least one initiative'
		);
	});
});

describe('what nobody serves', () => {
	const item = (code: string, main: number, contributing = 0, kind = 'objective'): Served => ({
		id: `p:${code}`,
		code,
		title: code,
		kind,
		href: `/plans/p/${code}`,
		main,
		contributing
	});

	test.each([
		[[], 'RSP 2022-2024 has no items yet, so nothing can be served'],
		[[item('A', 0)], 'No initiative serves any item of RSP 2022-2024'],
		[[item('A', 1)], 'The one item of RSP 2022-2024 is served by an initiative'],
		[
			[item('A', 1), item('B', 0, 2)],
			'Every one of the 2 items of RSP 2022-2024 is served by at least one initiative'
		],
		[[item('A', 1), item('B', 0), item('C', 0)], 'No initiative serves 2 of the 3 items of RSP 2022-2024']
	])('title %#', (items, sentence) => expect(unserved(items, setting).title).toBe(sentence));

	test('the empty ones are drawn as zeros, named, and kept apart from those only contributed to', () => {
		const spec = unserved([item('A', 3, 1), item('B', 0), item('C', 0, 2, 'focus_area')], setting);
		expect(spec.panels.map(({ title }) => title)).toEqual(['Objectives', 'Focus areas']);
		expect(spec.panels.map(({ values }) => values)).toEqual([
			[
				[3, 0],
				[1, 0]
			],
			[[0], [2]]
		]);
		expect(spec.notes).toContain('Nobody serves B.');
		expect(spec.notes.join(' ')).toContain('1 item is only contributed to');
	});
});

describe('how the plans connect', () => {
	const plan = (id: string, ...codes: string[]): AlignedPlan => ({
		id,
		short_title: id.toUpperCase(),
		title: id,
		completeness: null,
		href: `/plans/${id}`,
		elements: codes.map((code) => ({
			id: `${id}:${code}`,
			code,
			title: code,
			certainty: 'inferred',
			initiatives: 4,
			top: code !== 'deep',
			href: ''
		}))
	});
	const link = (from_id: string, to_id: string, certainty: string | null = 'inferred'): Alignment => ({
		from_id,
		to_id,
		relation: 'supports',
		certainty,
		rationale: null,
		initiatives: 2
	});

	test('documented and inferred are told apart, and what nobody vouches for is inferred', () => {
		const spec = alignment(
			[plan('r', 'A'), plan('s', 'B', 'deep')],
			[link('r:A', 's:B', 'documented'), link('r:A', 's:deep', null), link('r', 's')],
			setting
		);
		expect(spec.links.map(({ certainty, initiatives }) => [certainty, initiatives])).toEqual([
			['documented', 2],
			['inferred', 2],
			['inferred', null]
		]);
		expect(spec.title).toBe('3 links connect R and S; 1 is documented, the others inferred');
		expect(spec.nodes.map(({ key }) => key)).toEqual(['r', 'r:A', 's', 's:B', 's:deep']);
	});

	test('links within a plan and to plans not shown are left out; one read against the direction of the plans says so', () => {
		const spec = alignment(
			[plan('r', 'A'), plan('s', 'B')],
			[link('r:A', 'r:A'), link('r:A', 'x:Z'), link('s:B', 'r:A')],
			setting
		);
		expect(spec.links).toMatchObject([
			{ from: 'r:A', to: 's:B', relation: 'supports (read from right to left)' }
		]);
		expect(spec.title).toBe('One link connects R and S; it is inferred');
		expect(alignment([plan('r', 'A')], [], setting).title).toBe('No links between R are recorded');
	});
});

describe('one initiative over time', () => {
	const stood = (id: string, day: string, freshness: Stood['freshness'], stage: Stood['stage']): Stood => ({
		meeting: meeting(id, day),
		freshness,
		stage,
		timing: null
	});
	const work = {
		id: 'i',
		title: 'Single window',
		starts_on: '2021-01-01',
		target_on: '2023-12-31',
		milestones: []
	};
	const track = (...all: Stood[]) => [{ id: 'FJI', name: 'Fiji', href: '/members/FJI', stood: all }];

	test('a step back has its mark, also after silence; what is carried never does', () => {
		const { tracks } = initiative(
			work,
			track(
				stood('rcp-31', '2021-11-01', 'reported', 'pilot'),
				stood('rhca-23', '2022-05-01', 'carried', 'pilot'),
				stood('rcp-32', '2022-11-01', 'missing', null),
				stood('rhca-24', '2023-05-01', 'reported', 'committed')
			),
			'2023-05-01',
			setting
		);
		expect(tracks[0]!.steps.map(({ back }) => back)).toEqual([false, false, false, true]);
	});

	test('milestones say by how many days they slipped, open ones by the day looked at', () => {
		const milestones = [
			{ id: 'a', title: 'A', due_on: '2022-01-01', done_on: '2022-01-02' },
			{ id: 'b', title: 'B', due_on: '2022-01-10', done_on: '2022-01-01' },
			{ id: 'c', title: 'C', due_on: '2022-01-01', done_on: null },
			{ id: 'd', title: 'D', due_on: '2023-01-01', done_on: null },
			{ id: 'e', title: 'E', due_on: '2022-01-05', done_on: '2022-03-01' },
			{ id: 'f', title: 'F', due_on: null, done_on: null }
		];
		const spec = initiative({ ...work, milestones }, [], '2022-02-01', setting);
		expect(spec.milestones.map(({ word, slip_days }) => [word, slip_days])).toEqual([
			['done 1 day late', 1],
			['done 9 days early', -9],
			['31 days overdue', 31],
			['due Jan 2023', null],
			['27 days overdue', 27],
			['no date', null]
		]);
		expect(spec.title).toBe('Nothing has been reported yet on “Single window”; 3 of 6 milestones slipped');
	});

	test('its title says where it was last heard of', () => {
		const all = track(
			stood('rcp-31', '2021-11-01', 'reported', 'pilot'),
			stood('rhca-23', '2022-05-01', 'carried', 'pilot')
		);
		expect(initiative(work, all, '2022-06-01', setting).title).toBe(
			'“Single window” was last reported as pilot, for RCP-31'
		);
	});
});
