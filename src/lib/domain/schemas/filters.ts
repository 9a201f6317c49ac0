import { z } from 'zod';
import { BadInput } from '../errors.ts';
import { freshnessFilters, layers, movedFilters, sorts, timingFilters } from '../filter-words.ts';
import { stages } from '../stage.ts';
import { scopes } from '../words.ts';

const name = z.string().min(1).max(200);
/** One of these words, or a sentence that names them all. */
export const one = <const Words extends readonly [string, ...string[]]>(words: Words) =>
	z.enum(words, `must be one of ${words.join(', ')}`);

/** What a list of initiatives may be asked for. Each key is the name in the address. */
export const initiativeFilters = z.object({
	q: z
		.string()
		.max(200, 'must be 200 characters or less')
		.optional()
		.meta({ description: 'Words to look for; accents and case do not matter' }),
	plan: name.optional().meta({ description: 'Serves this plan', example: 'rsp-2022-2024' }),
	element: name.optional().meta({
		description: 'Serves this plan element or one below it',
		example: 'rsp-2022-2024:FA1'
	}),
	role: one(['main', 'contributing'])
		.optional()
		.meta({ description: 'How it serves the element; main when left out' }),
	entity: name.optional().meta({
		description: 'This Member or body takes part; at a meeting: was asked',
		example: 'FJI'
	}),
	subregion: name
		.optional()
		.meta({ description: 'A Member of this sub-region takes part; at a meeting: was asked' }),
	theme: name.optional().meta({ description: 'Its theme' }),
	scope: one(scopes).optional().meta({ description: 'How wide it reaches' }),
	certainty: name.optional().meta({ description: 'How sure the source is', example: 'documented' }),
	layer: one(layers).optional().meta({ description: 'Where it comes from' }),
	meeting: name.optional().meta({
		description: 'Expected at this meeting; one row for each entity asked',
		example: 'rcp-32'
	}),
	basis: one(['known', 'presented'])
		.optional()
		.meta({ description: 'As known now, or as presented at the freeze' }),
	freshness: one(freshnessFilters).optional().meta({
		description: 'How fresh the report is; fresh is reported or confirmed'
	}),
	stage: one(stages)
		.optional()
		.meta({ description: 'The stage; of fresh reports unless freshness says otherwise' }),
	timing: one(timingFilters).optional().meta({
		description: 'The timing; of fresh reports unless freshness says otherwise'
	}),
	moved: one(movedFilters).optional().meta({
		description:
			'How it moved since `from`; panel is up, same or down, first was never reported on before, corrected replaced another report'
	}),
	from: name
		.optional()
		.meta({ description: 'The earlier meeting for moved; the round before when left out' }),
	from_plan: name.optional().meta({
		description:
			'The plan at the earlier meeting, where it is another: only what agreed equal links continue was expected there'
	}),
	stalled: one(['1'])
		.optional()
		.meta({ description: 'The same stage below implemented at three rounds in a row' })
});

export type Filters = z.infer<typeof initiativeFilters>;

const lastPage = 100_000;

const paging = z.object({
	sort: one(sorts).default('title'),
	page: z.coerce
		.number('must be a number')
		.int('must be a whole number')
		.min(1, 'must be 1 or more')
		.max(lastPage)
		.default(1)
});

export type ListRequest = { filters: Filters } & z.infer<typeof paging>;

/** Reads an address: what is empty is left out, what can't be understood is refused with a sentence. */
export function readList(params: URLSearchParams): ListRequest {
	const given: Record<string, string> = {};
	for (const [key, value] of params) if (value.trim() !== '' && !(key in given)) given[key] = value.trim();
	return { filters: read(initiativeFilters, given), ...read(paging, given) };
}

/** Parses parameters, or throws `BadInput` that says which one is wrong and how. */
export function read<Schema extends z.ZodType>(
	schema: Schema,
	given: Record<string, unknown>
): z.infer<Schema> {
	const nul = Object.entries(given).find(([, value]) => String(value).includes('\0'));
	if (nul) throw new BadInput(`${nul[0]} must not hold the character U+0000.`);
	const result = schema.safeParse(given);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	throw new BadInput(`${issue!.path.join('.')} ${lowerFirst(issue!.message)}.`);
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
