import type { Reader } from '#db/open.server.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { readList, type Filters } from '#lib/domain/schemas/filters.ts';
import * as chosen from '#lib/server/chosen.ts';
import * as entities from '#lib/server/entities.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';
import * as snapshots from '#lib/server/snapshots.ts';
import type { Names } from './names.ts';
import type { PageServerLoad } from './$types';

export const load = (async ({ locals: { db }, url }) => {
	const { filters, sort, page } = readList(url.searchParams);
	for (const id of [filters.plan, filters.from_plan]) if (id) await chosen.plan(db, id);
	for (const id of [filters.meeting, filters.from]) if (id) await chosen.meeting(db, id);
	const reader = await snapshots.readingAny(db, filters);
	const found = await initiatives.search(reader, filters, { sort, page });
	return {
		filters,
		sort,
		page,
		pages: Math.max(1, Math.ceil(found.total / initiatives.pageSize)),
		found,
		rounds: await progress.rounds(db),
		names: await namesOf(reader, filters),
		wider: found.total === 0 ? await wider(reader, filters) : []
	};
}) satisfies PageServerLoad;

async function namesOf(db: Reader, { plan, element }: Filters): Promise<Names> {
	const plan_id = plan ?? element?.split(':')[0];
	const elements = plan_id ? await plans.elements(db, plan_id) : [];
	const named = <Row extends { id: string }>(rows: Row[], name: (row: Row) => string) =>
		Object.fromEntries(rows.map((row) => [row.id, name(row)]));
	return {
		plan: named(await plans.list(db), ({ short_title }) => short_title),
		element: named(elements, ({ code, title }) => `${code} ${title}`),
		entity: named(await entities.list(db), ({ name }) => name),
		meeting: named(await progress.rounds(db), meetingName)
	};
}

/** How many there would be without each of the filters: the ways out of an empty list. */
async function wider(db: Reader, filters: Filters) {
	const names = (Object.keys(filters) as (keyof Filters)[]).filter(
		(name) => name !== 'basis' && name !== 'from' && name !== 'from_plan'
	);
	const ways = [];
	for (const name of names) {
		const { [name]: _, ...rest } = filters;
		ways.push({ name, count: await initiatives.count(db, rest) });
	}
	return ways.filter(({ count }) => count > 0);
}
