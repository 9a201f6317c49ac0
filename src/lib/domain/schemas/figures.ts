import { z } from 'zod';
import { ladder, offLadder } from '../stage.ts';
import { timings } from '../timing.ts';
import { count, id, share } from './fields.ts';

const plan = id('The plan', 'rsp-2022-2024');
const meeting = id('The meeting', 'rcp-32');
const element = id('The plan element', 'rsp-2022-2024:FA1');

const off = Object.fromEntries(offLadder.map((stage) => [stage, z.int().min(1).optional()])) as Record<
	(typeof offLadder)[number],
	z.ZodOptional<z.ZodInt>
>;

const onLadder = Object.fromEntries(ladder.map((stage) => [stage, z.int().min(0)])) as Record<
	(typeof ladder)[number],
	z.ZodInt
>;

const stages = z
	.object({ ...onLadder, ...off })
	.meta({ id: 'Stages', description: 'Fresh reports by stage; stages off the ladder where they occur' });

const timing = z
	.object(
		Object.fromEntries(timings.map((key) => [key, z.int().min(0)])) as Record<
			(typeof timings)[number],
			z.ZodInt
		>
	)
	.meta({ id: 'Timing', description: 'Fresh reports that state a timing' });

const split = {
	expected: count('Asked: reported + confirmed + carried + missing'),
	reported: count('Something changed in this round'),
	confirmed: count('Confirmed unchanged in this round'),
	carried: count('Carried from the round before'),
	missing: count('Nothing known')
};

const figures = {
	...split,
	stages,
	timing,
	attainment: z
		.object({
			implemented: count('Implemented, of the fresh reports'),
			of_reported: count('Fresh reports: reported + confirmed'),
			low: share('If none of the unheard were implemented; null when nothing is expected'),
			high: share('If all of the unheard were implemented; null when nothing is expected')
		})
		.meta({ id: 'Attainment' })
};

export const progress = z
	.object({
		plan,
		meeting,
		basis: z.enum(['known', 'presented']).meta({
			description: 'What the figures rest on: `presented` only for a frozen meeting, else `known`'
		}),
		elements: z
			.array(z.object({ element, ...figures }).meta({ id: 'ElementProgress' }))
			.meta({ description: 'Every element of the plan, from the top down' }),
		total: z
			.object(figures)
			.meta({ id: 'TotalProgress', description: 'The whole plan, each expectation once' })
	})
	.meta({ id: 'Progress' });

export const matrix = z
	.object({
		plan,
		meeting,
		columns: z.array(element).meta({ description: 'Every element of the plan, from the top down' }),
		rows: z.array(
			z
				.object({
					entity: id('Who was asked', 'FJI'),
					cells: z.array(
						z
							.object({
								element,
								...split,
								stages,
								median_stage: z
									.enum(ladder)
									.nullable()
									.meta({ description: 'The middle rung; of two the lower' })
							})
							.meta({ id: 'MatrixCell' })
					)
				})
				.meta({ id: 'MatrixRow' })
		)
	})
	.meta({ id: 'Matrix' });

const moved = {
	panel: count('Fresh and on the ladder at both'),
	up: count('Higher on the ladder'),
	same: count('The same stage'),
	down: count('Lower on the ladder'),
	new: count('Fresh now, not expected then'),
	ended: count('Fresh now, with an update that ended it'),
	silent: count('Fresh then, expected and not fresh now'),
	back: count('Expected at both, fresh only now'),
	within: share('Change of the implemented rate within the panel'),
	composition: share('The rest of the change: who answered')
};

export const movement = z
	.object({
		plan,
		from: id('The earlier meeting', 'rhca-23'),
		to: id('The later meeting', 'rcp-32'),
		elements: z.array(z.object({ element, ...moved }).meta({ id: 'ElementMovement' })),
		total: z.object(moved).meta({ id: 'TotalMovement' })
	})
	.meta({ id: 'Movement' });
