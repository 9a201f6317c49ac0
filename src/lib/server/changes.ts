import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import { movement as moved, type Slice } from '#lib/domain/movement.ts';
import { empty } from '#lib/domain/tally.ts';
import { byName } from '#lib/domain/text.ts';
import { pairs, tallies, type Noted, type Where } from './changes/pairs.ts';
import * as entities from './entities.ts';
import * as plans from './plans.ts';
import * as progress from './progress.ts';
import * as renewals from './renewals.ts';
import * as snapshots from './snapshots.ts';

export type Changes = Awaited<ReturnType<typeof between>>;

export type Asked = {
	plan_id: string;
	/** The plan at the earlier meeting, where it is another. */
	from_plan_id?: string;
	from_id: string;
	to_id: string;
	basis?: Basis;
};

/** What changed between two meetings under a plan: of the whole, of each part, and of each entity that is asked. */
export async function between(now: Reader, asked: Asked) {
	const { plan_id, from_plan_id = plan_id, from_id, to_id, basis = 'known' } = asked;
	const db = await snapshots.reading(now, to_id, basis);
	const renewal = from_plan_id === plan_id ? null : await renewals.between(db, from_plan_id, plan_id);
	const where: Where = {
		from: { meeting_id: from_id, basis: await progress.settled(db, from_id, basis) },
		to: { meeting_id: to_id, basis: await progress.settled(db, to_id, basis) },
		earlier: await roundsBefore(db, to_id, basis)
	};
	const scopesBefore = (scope_id: string) =>
		renewal ? renewals.scopesBefore(renewal, scope_id) : [scope_id];

	const elements = [];
	for (const element of mainLayer(await plans.elements(db, plan_id)))
		elements.push({
			element,
			...sliceOf(await slices(db, where, element.id, scopesBefore(element.id), 'scope'), element.id)
		});
	const whole = await slices(db, where, plan_id, scopesBefore(plan_id), 'entity');
	const answered = await entities.withNothing(db, to_id);
	const names = new Map((await entities.list(db)).map((entity) => [entity.id, entity]));
	return {
		renewal,
		elements,
		entities: [...whole.keys()]
			.map((id) => ({ entity: names.get(id)!, nothing: answered.has(id), ...whole.get(id)! }))
			.sort((a, b) => byName(a.entity, b.entity)),
		total: sliceOf(await slices(db, where, plan_id, scopesBefore(plan_id), 'scope'), plan_id)
	};
}

const nothing: Slice = {
	before: empty(),
	now: empty(),
	movement: moved([], empty(), empty()),
	first: 0,
	corrected: 0
};

const sliceOf = (found: ReadonlyMap<string, Slice>, id: string) => found.get(id) ?? nothing;

/** A slice in one piece, or one for each entity. */
async function slices(
	db: Reader,
	where: Where,
	scope_id: string,
	scopesBefore: readonly string[],
	by: 'scope' | 'entity'
): Promise<Map<string, Slice>> {
	const found = await pairs(db, where, scope_id, scopesBefore, by);
	const before = await tallies(db, where.from, scopesBefore, scope_id, by);
	const now = await tallies(db, where.to, [scope_id], scope_id, by);
	const ids = new Set([...found.keys(), ...before.keys(), ...now.keys()]);
	return new Map(
		[...ids].map((id) => {
			const [was, is] = [before.get(id) ?? empty(), now.get(id) ?? empty()];
			const own = found.get(id) ?? [];
			return [
				id,
				{
					before: was,
					now: is,
					movement: moved(own, was, is),
					first: sum(own, 'first'),
					corrected: sum(own, 'corrected')
				}
			];
		})
	);
}

function sum(rows: readonly Noted[], what: 'first' | 'corrected') {
	return rows.reduce((n, row) => n + (row[what] ? row.count : 0), 0);
}

async function roundsBefore(db: Reader, meeting_id: string, basis: Basis) {
	const all = await progress.rounds(db);
	return all
		.slice(
			0,
			Math.max(
				0,
				all.findIndex(({ id }) => id === meeting_id)
			)
		)
		.map((round) => ({
			meeting_id: round.id,
			basis: progress.basisHere(round, basis)
		}));
}
