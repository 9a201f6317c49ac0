import type { Reader } from '#db/open.server.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import { joined } from '#lib/domain/renewal.ts';
import * as alignments from './alignments.ts';
import * as plans from './plans.ts';

/** How one plan continues another, through links that a meeting has agreed as equal. */
export type Renewal = {
	from: plans.Plan;
	to: plans.Plan;
	/** For each element of the later plan, those of the earlier that it continues. */
	continues: Map<string, string[]>;
	/** What the later plan as a whole continues: the earlier one where they are equal, else its elements that go on. */
	whole: string[];
	/** Of what the plans are shown by: the earlier one's elements that nothing continues, the later one's that continue nothing. */
	ended: plans.Element[];
	begun: plans.Element[];
};

export async function between(db: Reader, from_plan_id: string, plan_id: string): Promise<Renewal> {
	const [from, to] = [await plans.get(db, from_plan_id), await plans.get(db, plan_id)];
	const [earlier, later] = [await plans.elements(db, from.id), await plans.elements(db, to.id)];
	const links = await db
		.selectFrom('alignment')
		.select(['from_id', 'to_id', 'relation', 'agreed_at_id'])
		.where('relation', '=', 'equal')
		.where('agreed_at_id', 'is not', null)
		.orderBy('id')
		.execute();
	const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
	const continues = joined(links, ids(earlier), ids(later));
	const whole = joined(links, [from.id], [to.id]).get(to.id) ?? [...new Set([...continues.values()].flat())];
	const went = new Set([...continues.values()].flat());
	return {
		from,
		to,
		continues,
		whole,
		ended: mainLayer(earlier).filter(({ id }) => !went.has(id)),
		begun: mainLayer(later).filter(({ id }) => !continues.has(id))
	};
}

/** Under which scopes of the earlier plan a slice of the later one was counted; nothing where it begins with it. */
export function scopesBefore({ continues, whole, to }: Renewal, scope_id: string): string[] {
	return scope_id === to.id ? whole : (continues.get(scope_id) ?? []);
}

/** The plans that a plan continues: those it succeeds, newest first, and any with which it shares an agreed equal link. */
export async function before(
	db: Reader,
	all: readonly plans.Plan[],
	plan: plans.Plan
): Promise<plans.Plan[]> {
	const found = predecessors(all, plan);
	for (const { from_plan_id, to_plan_id, relation, agreed_at_id } of await alignments.list(db)) {
		if (relation !== 'equal' || agreed_at_id === null) continue;
		const other = from_plan_id === plan.id ? to_plan_id : to_plan_id === plan.id ? from_plan_id : null;
		const linked = all.find(({ id }) => id === other && id !== plan.id);
		if (linked && !found.includes(linked)) found.push(linked);
	}
	return found;
}

function predecessors(all: readonly plans.Plan[], plan: plans.Plan): plans.Plan[] {
	const found: plans.Plan[] = [];
	let next = all.find(({ id }) => id === plan.succeeds_id);
	while (next && next.id !== plan.id && !found.includes(next)) {
		found.push(next);
		const { succeeds_id }: plans.Plan = next;
		next = all.find(({ id }) => id === succeeds_id);
	}
	return found;
}
