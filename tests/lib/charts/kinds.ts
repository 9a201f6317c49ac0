import { alignment } from '#lib/charts/alignment.ts';
import { coverage } from '#lib/charts/coverage.ts';
import { initiative } from '#lib/charts/initiative.ts';
import { matrix } from '#lib/charts/matrix.ts';
import { movement } from '#lib/charts/movement.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';
import { stages } from '#lib/charts/stages.ts';
import { timing } from '#lib/charts/timing.ts';
import { unserved } from '#lib/charts/unserved.ts';
import { meeting, setting, tally, worked } from './rows.ts';

export const hostile = '<script>alert("1")</script>&amp;\'=\u0007 \u202E مرحبا '.repeat(5);

/** Every kind of chart, with names nobody would wish for. */
export function everyKind(name: string): ChartSpec[] {
	const parts = [{ key: 'p:A', title: name, filter: { element: 'p:A' }, rows: worked }];
	const strange = { ...setting, of: name };
	const element = {
		id: 'p:A',
		code: name,
		title: name,
		certainty: null,
		initiatives: 3,
		top: true,
		kind: 'goal',
		href: '/',
		main: 2,
		contributing: 1
	};
	const plan = (id: string) => ({
		id,
		short_title: name,
		title: name,
		completeness: name,
		href: '/',
		elements: [{ ...element, id: `${id}:A` }]
	});
	const moved = {
		panel: 3,
		up: 1,
		same: 1,
		down: 1,
		new: 2,
		ended: 0,
		silent: 1,
		back: 0,
		within: 0,
		composition: 0
	};
	return [
		stages(worked, parts, strange),
		coverage(worked, parts, strange),
		timing(worked, parts, strange),
		movement(
			{ key: 'whole', title: name, movement: moved },
			[],
			{ from: worked[0]!.meeting, to: meeting('rcp-32', '2022-11-14', { series: 'other', title: name }) },
			strange
		),
		unserved([element], strange),
		matrix(
			[{ id: 'p:A', code: name, title: name, href: '/' }],
			[
				{
					entity: { id: 'X', name, kind: 'member', subregion: name },
					total: tally({ pilot: 1 }),
					cells: [{ element_id: 'p:A', tally: tally({ pilot: 1 }) }]
				}
			],
			meeting('rcp-32'),
			strange
		),
		alignment(
			[plan('r'), plan('s')],
			[
				{
					from_id: 'r:A',
					to_id: 's:A',
					relation: 'supports',
					certainty: name,
					rationale: name,
					initiatives: 2
				}
			],
			strange
		),
		initiative(
			{
				id: 'i',
				title: name,
				starts_on: null,
				target_on: '2023-01-01',
				milestones: [{ id: 'm', title: name, due_on: '2022-12-01', done_on: null }]
			},
			['X', 'Y'].map((id) => ({
				id,
				name,
				href: '/',
				stood: [
					{
						meeting: meeting('rcp-32'),
						freshness: 'reported' as const,
						stage: 'pilot' as const,
						timing: null
					}
				]
			})),
			'2022-11-14',
			strange
		)
	];
}
