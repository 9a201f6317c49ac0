import { sql } from 'kysely';
import type { Reader } from '#db/open.server.ts';
import { alignment as alignmentOf, type AlignedPlan } from '#lib/charts/alignment.ts';
import { unserved as unservedOf } from '#lib/charts/unserved.ts';
import { BadInput } from '#lib/domain/errors.ts';
import * as alignments from '../alignments.ts';
import * as plans from '../plans.ts';
import { elementHref, topOf, type Asked } from './asked.ts';

/** Every item of a plan with how many initiatives serve it. */
export async function unserved(db: Reader, { plan, elements, element, setting }: Asked) {
	if (!plan) throw new BadInput('Say which plan: add plan=, for example plan=rsp-2022-2024.');
	const counts = await plans.servedCounts(db, plan.id);
	const within = element ? below(element.id, elements) : elements;
	return unservedOf(
		within.map((one) => ({
			...one,
			href: elementHref(one),
			...(counts.get(one.id) ?? { main: 0, contributing: 0 })
		})),
		{ ...setting, filter: { plan: plan.id } }
	);
}

function below(id: string, elements: readonly plans.Element[]): plans.Element[] {
	return elements
		.filter((one) => one.id === id)
		.concat(elements.filter((one) => one.parent_id === id).flatMap((one) => below(one.id, elements)));
}

/** The plan asked for, then the tracked plans of the other levels, from the region to the world. */
export async function alignment(db: Reader, { plan, setting }: Asked) {
	const all = await plans.list(db);
	const level = ['regional', 'implementation', 'global'];
	const others = all.filter(({ role, id }) => role === 'tracked' && id !== plan?.id);
	const chosen = level.flatMap((one) =>
		plan?.level === one ? [plan] : others.filter((each) => each.level === one).slice(0, 1)
	);
	const shown = plan && !chosen.includes(plan) ? [plan, ...chosen] : chosen;
	const links = await alignments.between(
		db,
		shown.map(({ id }) => id)
	);
	const flows = await together(db, links);
	const described: AlignedPlan[] = [];
	for (const one of shown) {
		const [elements, counts] = [await plans.elements(db, one.id), await plans.servedCounts(db, one.id)];
		const tops = new Set(topOf(elements).map(({ id }) => id));
		described.push({
			...one,
			href: `/plans/${encodeURIComponent(one.id)}`,
			elements: elements.map((element) => ({
				...element,
				href: elementHref(element),
				initiatives: counts.get(element.id)?.main ?? 0,
				top: tops.has(element.id)
			}))
		});
	}
	return alignmentOf(
		described,
		links.map((link) => ({ ...link, initiatives: flows.get(`${link.from_id} ${link.to_id}`) ?? 0 })),
		{
			...setting,
			filter: {},
			sources: [
				{ label: 'the plans and what is published about them', href: '/plans' },
				{ label: 'links between plans', href: '/alignment' }
			]
		}
	);
}

/** How many initiatives have their main aims at both ends of each link. */
async function together(db: Reader, links: readonly { from_id: string; to_id: string }[]) {
	const ends = (side: 'from_id' | 'to_id') => sql.join([...new Set(links.map((link) => link[side]))]);
	if (links.length === 0) return new Map<string, number>();
	const { rows } = await sql<{ from_id: string; to_id: string; n: number }>`
		select a.scope_id as from_id, b.scope_id as to_id, count(*) as n
		from initiative_scope a join initiative_scope b on b.initiative_id = a.initiative_id
		where a.scope_id in (${ends('from_id')}) and b.scope_id in (${ends('to_id')})
		group by a.scope_id, b.scope_id
	`.execute(db);
	return new Map(rows.map(({ from_id, to_id, n }) => [`${from_id} ${to_id}`, n]));
}
