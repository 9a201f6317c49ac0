import { z } from 'zod';
import type { Reader } from '#db/open.server.ts';
import { one, read as parse } from '#lib/domain/schemas/filters.ts';
import * as meetings from './meetings.ts';
import * as places from './places.ts';
import * as plans from './plans.ts';
import { rounds } from './progress.ts';
import { orSuggest } from './suggestions.ts';

const words = z.object({
	basis: one(['known', 'presented']).default('known'),
	/** Each initiative once, or each Member once. */
	weighting: one(['initiative', 'member']).default('initiative'),
	/** Of a matrix: the top of the plan, or every element as a column. */
	levels: one(['top', 'all']).default('top')
});

/**
 * What a page's address asks for, or what is shown when it asks for nothing; with everything there is to choose from. A word
 * that is none of those to choose from is `BadInput`, on every page; a plan or meeting that is not here is not found. Plan and
 * meeting are undefined only where there is none at all.
 */
export async function read(db: Reader, params: URLSearchParams) {
	const said = Object.keys(words.shape).map((name) => [name, asked(params, name)]);
	const chosen = parse(words, Object.fromEntries(said));
	const [plan_id, meeting_id] = [asked(params, 'plan'), asked(params, 'meeting')];
	const latest = meeting_id ?? (await meetings.latest(db))?.id;
	return {
		...chosen,
		plan: plan_id ? await plan(db, plan_id) : await plans.current(db),
		meeting: latest ? await meeting(db, latest) : undefined,
		plans: await plans.list(db),
		rounds: await rounds(db)
	};
}

export type Chosen = Awaited<ReturnType<typeof read>>;

/** The plan of this name; where there is none, 404 with those perhaps meant. */
export function plan(db: Reader, id: string) {
	return orSuggest(plans.get(db, id), id, () => places.plans(db));
}

/** The meeting of this name; where there is none, 404 with those perhaps meant. */
export function meeting(db: Reader, id: string) {
	return orSuggest(meetings.get(db, id), id, () => places.meetings(db));
}

function asked(params: URLSearchParams, name: string) {
	return params.get(name)?.trim() || undefined;
}
