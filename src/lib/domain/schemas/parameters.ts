import { z } from 'zod';
import { entityKinds } from '../words.ts';
import { initiativeFilters } from './filters.ts';

const name = (description: string, example: string) =>
	z.string().min(1).max(200).optional().meta({ description, example });

const one = <const Words extends readonly [string, ...string[]]>(words: Words) =>
	z.enum(words, `must be one of ${words.join(', ')}`);

const most = 500;
const usual = 100;

export const paging = {
	limit: z
		.string()
		.regex(/^\d{1,3}$/, `must be a number from 1 to ${most}`)
		.transform(Number)
		.refine((limit) => limit >= 1 && limit <= most, `must be a number from 1 to ${most}`)
		.default(usual)
		.meta({
			description: `How many items to give, ${usual} when left out`,
			example: usual,
			override: { type: 'integer', minimum: 1, maximum: most, default: usual, pattern: undefined }
		}),
	cursor: z.string().max(1000).optional().meta({ description: '`next` of the page before' })
};

export const none = z.object({});
export const list = z.object(paging);
export const entities = z.object({
	kind: one(entityKinds).optional().meta({ description: 'Only entities of this kind' }),
	...paging
});

const { q, plan, element, role, entity, subregion, theme, scope, certainty, layer } = initiativeFilters.shape;
export const initiatives = z.object({
	q,
	plan,
	element,
	role,
	entity,
	subregion,
	theme,
	scope,
	certainty,
	layer,
	...paging
});

export const statusUpdates = z.object({
	initiative: name('Only of this initiative', 'i001'),
	meeting: name('Only for this meeting', 'rcp-32'),
	entity: name('Only by this entity', 'FJI'),
	...paging
});

const asked = {
	plan: name('The plan; the tracked regional plan when left out', 'rsp-2022-2024'),
	meeting: name('The meeting; the newest round anybody reported to when left out', 'rcp-32'),
	basis: one(['known', 'presented'])
		.default('known')
		.meta({ description: 'As known now, or as presented when the meeting was frozen' })
};

export const progress = z.object(asked);
export const matrix = z.object(asked);
export const movement = z.object({
	plan: asked.plan,
	from: name('The earlier meeting; the round before `to` when left out', 'rhca-23'),
	to: name('The later meeting; the newest round anybody reported to when left out', 'rcp-32'),
	basis: asked.basis
});
