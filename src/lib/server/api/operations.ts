import { z } from 'zod';
import * as figures from '#lib/domain/schemas/figures.ts';
import * as initiative from '#lib/domain/schemas/initiative.ts';
import * as parameters from '#lib/domain/schemas/parameters.ts';
import * as plan from '#lib/domain/schemas/plan.ts';
import * as region from '#lib/domain/schemas/region.ts';
import * as report from '#lib/domain/schemas/report.ts';

export type Operation = {
	/** Under `/api/v1/`. `{id}` is in the path. */
	path: string;
	summary: string;
	description?: string;
	tag: 'Plans' | 'Region' | 'Initiatives' | 'Figures';
	id?: { description: string; example: string };
	query: z.ZodObject;
	answer: z.ZodType;
};

const pageOf = <Item extends z.ZodType>(item: Item, id: string) =>
	z
		.object({
			items: z.array(item),
			next: z.string().nullable().meta({ description: 'The cursor of the next page; null on the last' })
		})
		.meta({ id });

/** Everything the API answers to: what the OpenAPI document says, and what the routes read their parameters with. */
export const operations = {
	plans: {
		path: 'plans',
		summary: 'Plans',
		tag: 'Plans',
		query: parameters.list,
		answer: pageOf(plan.planInList, 'Plans')
	},
	plan: {
		path: 'plans/{id}',
		summary: 'A plan with its elements',
		tag: 'Plans',
		id: { description: 'The plan', example: 'rsp-2022-2024' },
		query: parameters.none,
		answer: plan.plan
	},
	alignments: {
		path: 'alignments',
		summary: 'Links between plans and their elements',
		tag: 'Plans',
		query: parameters.list,
		answer: pageOf(plan.alignment, 'Alignments')
	},
	entities: {
		path: 'entities',
		summary: 'Members and regional bodies',
		tag: 'Region',
		query: parameters.entities,
		answer: pageOf(region.entity, 'Entities')
	},
	meetings: {
		path: 'meetings',
		summary: 'Meetings',
		tag: 'Region',
		query: parameters.list,
		answer: pageOf(region.meeting, 'Meetings')
	},
	initiatives: {
		path: 'initiatives',
		summary: 'Initiatives',
		tag: 'Initiatives',
		query: parameters.initiatives,
		answer: pageOf(initiative.initiativeInList, 'Initiatives')
	},
	initiative: {
		path: 'initiatives/{id}',
		summary: 'An initiative with everything that belongs to it',
		tag: 'Initiatives',
		id: { description: 'The initiative', example: 'i001' },
		query: parameters.none,
		answer: initiative.initiative
	},
	statusUpdates: {
		path: 'status-updates',
		summary: 'Status updates',
		description: 'What was reported; drafts are left out.',
		tag: 'Initiatives',
		query: parameters.statusUpdates,
		answer: pageOf(initiative.statusUpdate, 'StatusUpdates')
	},
	progress: {
		path: 'progress',
		summary: 'How a plan stands at a meeting',
		description: 'Per element and in total, counted in initiatives. A meeting that is no round has zeros.',
		tag: 'Figures',
		query: parameters.progress,
		answer: figures.progress
	},
	matrix: {
		path: 'matrix',
		summary: 'How each Member and body stands on each element',
		description: 'A row for everybody who was asked something under the plan.',
		tag: 'Figures',
		query: parameters.matrix,
		answer: figures.matrix
	},
	movement: {
		path: 'movement',
		summary: 'What moved between two meetings',
		tag: 'Figures',
		query: parameters.movement,
		answer: figures.movement
	}
} as const satisfies Record<string, Operation>;

export type Write = {
	path: string;
	summary: string;
	description: string;
	tag: 'Reporting';
	body: z.ZodType;
	answer: z.ZodType;
};

/** Everything the API takes. Each is the verb of a form, with the same rules. */
export const writes = {
	statusUpdate: {
		path: 'status-updates',
		summary: 'Record a status update',
		description:
			'Speaks at once where the token may submit and the answer is not waiting; else it waits until the answer is submitted.',
		tag: 'Reporting',
		body: report.newStatusUpdate,
		answer: initiative.statusUpdate
	},
	submission: {
		path: 'submissions',
		summary: "Submit an entity's answer to a round, or excuse it",
		description: 'Submits what was written in drafts too. The same as the last press on the page Report.',
		tag: 'Reporting',
		body: report.newSubmission,
		answer: region.submission
	}
} as const satisfies Record<string, Write>;
