import { z } from 'zod';
import type { Reader } from '#db/open.server.ts';
import { NotFound } from '#lib/domain/errors.ts';
import { one, read as parse } from '#lib/domain/schemas/filters.ts';
import * as meetings from './meetings.ts';
import * as places from './places.ts';
import * as plans from './plans.ts';
import { rounds } from './progress.ts';
import * as snapshots from './snapshots.ts';
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
 * meeting are undefined only where there is none at all. `reader` is what to read: as presented, a frozen meeting's snapshot;
 * what there is to choose from is always what there is now. `fixed` stands for what a page's path says.
 */
export async function read(
	db: Reader,
	params: URLSearchParams,
	fixed: { meeting?: string; plan?: string } = {}
) {
	const said = Object.keys(words.shape).map((name) => [name, asked(params, name)]);
	const chosen = parse(words, Object.fromEntries(said));
	const plan_id = fixed.plan ?? asked(params, 'plan');
	const id = fixed.meeting ?? asked(params, 'meeting') ?? (await meetings.latest(db))?.id;
	const found = id === undefined ? undefined : await meeting(db, id);
	const reader = found ? await snapshots.reading(db, found.id, chosen.basis) : db;
	return {
		...chosen,
		reader,
		plan: plan_id ? await planThen(db, reader, plan_id) : await plans.current(reader),
		meeting: found && reader !== db ? await meetings.get(reader, found.id) : found,
		plans: await plans.list(db),
		rounds: await rounds(db)
	};
}

export type Chosen = Awaited<ReturnType<typeof read>>;

/** The plan of this name; where there is none, 404 with those perhaps meant. */
export function plan(db: Reader, id: string) {
	return orSuggest(plans.get(db, id), id, () => places.plans(db));
}

/** The plan as it was when the meeting was frozen; one made since is not found, and the sentence says why. */
async function planThen(db: Reader, reader: Reader, id: string) {
	if (reader === db) return plan(db, id);
	const { title } = await plan(db, id);
	return plans.get(reader, id).catch((cause) => {
		if (!(cause instanceof NotFound)) throw cause;
		throw new NotFound(
			`"${title}" was not among the plans when this meeting was frozen. Look at it as known now.`
		);
	});
}

/** The meeting of this name; where there is none, 404 with those perhaps meant. */
export function meeting(db: Reader, id: string) {
	return orSuggest(meetings.get(db, id), id, () => places.meetings(db));
}

function asked(params: URLSearchParams, name: string) {
	return params.get(name)?.trim() || undefined;
}
