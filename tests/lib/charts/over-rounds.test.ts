import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coverage } from '#lib/charts/coverage.ts';
import { member } from '#lib/charts/member.ts';
import { stages } from '#lib/charts/stages.ts';
import { timing } from '#lib/charts/timing.ts';
import { weighed } from '#lib/charts/weighed.ts';
import { empty, fresh } from '#lib/domain/tally.ts';
import { anyTally, meeting, setting, tally, worked } from './rows.ts';

const at = (id: string, one: ReturnType<typeof tally>) => [{ meeting: meeting(id), tally: one }];

describe('every column reaches what was expected', () => {
	for (const [name, draw] of Object.entries({ stages, coverage, timing })) {
		test(name, () => {
			fc.assert(
				fc.property(fc.array(anyTally, { minLength: 1, maxLength: 6 }), (tallies) => {
					const rows = tallies.map((tally, i) => ({ meeting: meeting(`rcp-${i + 1}`), tally }));
					const [panel] = draw(rows, [], setting).panels;
					panel!.categories.forEach((category, c) => {
						const sum = panel!.values.reduce((n, of) => n + (of[c] ?? 0), 0);
						// A fresh report without a stage stands on no rung; the domain has none, the arbitrary does.
						const unstaged = name === 'stages' ? category.expected! - sum : 0;
						expect(sum + unstaged).toBe(category.expected);
						expect(unstaged).toBeGreaterThanOrEqual(0);
					});
				})
			);
		});
	}
});

test('the worked example draws a break, names both totals, and withholds the percentage below two thirds', () => {
	const spec = stages(worked, [], setting);
	expect(spec.title).toBe('12 of the 20 initiatives reported on are implemented at RCP-32');
	expect(spec.title + spec.subtitle).not.toContain('%');
	expect(spec.panels[0]!.breaks).toEqual([{ before: 1, from: 34, to: 35, text: '34 → 35 expected' }]);
	expect(spec.panels[0]!.bounds).toEqual([
		{ low: 12, high: 22 },
		{ low: 12, high: 27 }
	]);
	expect(spec.notes.join(' ')).toContain('between 12 and 27 of 35 initiatives may be implemented');
	expect(spec.notes.join(' ')).toContain('No percentages for RCP-32');
});

test('with enough reported the share is named beside the counts', () => {
	expect(stages(worked.slice(0, 1), [], setting).title).toBe(
		'12 of the 24 initiatives reported on are implemented (50%) at RHCA-23'
	);
	expect(stages(worked.slice(0, 1), [], setting).subtitle).toContain('RHCA-23: 24 of 34 reported (71%)');
});

test('no chart over rounds writes a percentage of a slice with too few answers or under ten cases', () => {
	fc.assert(
		fc.property(anyTally, (one) => {
			fc.pre(one.expected < 10 || fresh(one) / one.expected < 2 / 3);
			for (const draw of [stages, coverage, timing]) {
				const { title, subtitle, panels } = draw(at('rcp-32', one), [], setting);
				expect([title, subtitle, ...panels.map(({ words }) => words)].join(' ')).not.toContain('%');
			}
		})
	);
});

describe('titles are grammatical', () => {
	const title = (one: ReturnType<typeof tally>) => stages(at('rcp-32', one), [], setting).title;
	test.each([
		[tally({}), 'No initiatives were expected to report for RCP-32'],
		[tally({}, 0, 1), 'Nothing was reported for RCP-32: 1 initiative was expected'],
		[tally({}, 1, 1), 'Nothing was reported for RCP-32: 2 initiatives were expected'],
		[tally({ pilot: 1 }), 'The one initiative reported on is not implemented at RCP-32'],
		[tally({ implemented: 1 }), 'The one initiative reported on is implemented at RCP-32'],
		[tally({ pilot: 5 }), 'None of the 5 initiatives reported on is implemented at RCP-32'],
		[tally({ pilot: 4, implemented: 1 }), '1 of the 5 initiatives reported on is implemented at RCP-32'],
		[tally({ implemented: 2 }), 'Both initiatives reported on are implemented at RCP-32'],
		[tally({ implemented: 5 }), 'All 5 initiatives reported on are implemented at RCP-32']
	])('%#', (one, sentence) => expect(title(one)).toBe(sentence));

	test.each([
		[tally({}), 'No initiatives were expected to report for RCP-32'],
		[tally({}, 0, 3), 'None of the 3 initiatives expected was reported on for RCP-32'],
		[tally({ pilot: 1 }), 'The one initiative expected was reported on for RCP-32'],
		[tally({}, 0, 1), 'The one initiative expected was not reported on for RCP-32'],
		[
			tally({ pilot: 2 }, 1, 1),
			'2 of the 4 initiatives expected were reported on for RCP-32; 1 is carried forward and 1 has no report'
		],
		[tally({ pilot: 12 }, 0, 0), 'All 12 initiatives expected were reported on (100%) for RCP-32']
	])('coverage %#', (one, sentence) => expect(coverage(at('rcp-32', one), [], setting).title).toBe(sentence));

	test.each([
		[tally({ pilot: 3 }), 'No report for RCP-32 states whether the work is on time'],
		[
			tally({ pilot: 3, on_track: 3 }),
			'None of the 3 initiatives with a stated timing is at risk or off track at RCP-32'
		],
		[
			tally({ pilot: 3, on_track: 1, at_risk: 1, off_track: 1 }),
			'2 of the 3 initiatives with a stated timing are at risk or off track at RCP-32'
		]
	])('timing %#', (one, sentence) => expect(timing(at('rcp-32', one), [], setting).title).toBe(sentence));

	test.each([
		[tally({}), 'Fiji was not expected to report for RCP-32'],
		[tally({}, 0, 1), 'Fiji did not report for RCP-32; 1 initiative was expected'],
		[tally({ pilot: 1 }), 'Fiji reported on its one initiative for RCP-32; it is not implemented yet'],
		[tally({ implemented: 1 }), 'Fiji reported on its one initiative for RCP-32; it is implemented'],
		[
			tally({ pilot: 2, implemented: 1 }, 1),
			'Fiji reported on 3 of its 4 initiatives for RCP-32; 1 is implemented'
		],
		[tally({ pilot: 2 }), 'Fiji reported on both of its initiatives for RCP-32; none is implemented yet']
	])('member %#', (one, sentence) =>
		expect(member('Fiji', at('rcp-32', one), [], setting).title).toBe(sentence)
	);
});

test('rounds before anything was expected are not drawn, silent ones are, and at most twelve', () => {
	const rows = Array.from({ length: 16 }, (_, i) => ({
		meeting: meeting(`rcp-${i + 1}`),
		tally: i === 0 ? empty() : tally({ pilot: 1 }, 0, i === 9 ? 4 : 0)
	}));
	const { panels, notes } = stages(rows, [{ key: 'a', title: 'A', rows }], setting);
	expect(panels[0]!.categories.map(({ label }) => label)).toEqual(
		rows.slice(4).map(({ meeting }) => `RCP-${meeting.number}`)
	);
	expect(panels[1]!.categories).toHaveLength(12);
	expect(notes).toContain('The latest 12 rounds are shown.');
});

test('where nothing was asked there is no value, which is not the same as none', () => {
	const rows = [
		...at('rcp-31', tally({ pilot: 1 })),
		...at('rcp-32', empty()),
		...at('rcp-33', tally({ pilot: 1 }))
	];
	const { panels, series } = stages(rows, [], setting);
	expect(panels[0]!.values.map((of) => of[1])).toEqual(series.map(() => null));
	expect(panels[0]!.values[0]![0]).toBe(0);
	expect(panels[0]!.breaks.map(({ text }) => text)).toEqual(['1 → 0 expected', '0 → 1 expected']);
});

test('off the ladder is drawn where it occurs, and only there', () => {
	const keys = (one: ReturnType<typeof tally>) =>
		stages(at('rcp-32', one), [], setting).series.map(({ key }) => key);
	expect(keys(tally({ pilot: 1 }))).not.toContain('discontinued');
	expect(keys(tally({ pilot: 1, discontinued: 1 }))).toContain('discontinued');
});

test('weighed by Member, forty small items do not outvote the rest', () => {
	const members = [
		tally({ pilot: 40 }),
		tally({ implemented: 1 }),
		tally({ implemented: 1 }, 1),
		tally({}, 2, 1),
		tally({}, 0, 3),
		empty()
	];
	expect(weighed(members)).toMatchObject({
		expected: 5,
		reported: 3,
		carried: 1,
		missing: 1,
		pilot: 1,
		implemented: 2
	});
	fc.assert(
		fc.property(fc.array(anyTally), (many) => {
			const one = weighed(many);
			expect(one.expected).toBe(one.reported + one.confirmed + one.carried + one.missing);
			expect(one.expected).toBe(many.filter(({ expected }) => expected > 0).length);
		})
	);
});
