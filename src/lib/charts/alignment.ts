import { certaintyOf } from './certainty.ts';
import * as say from './sentence.ts';
import { provenance, type Setting } from './setting.ts';
import type { FlowLink, FlowNode, FlowSpec } from './spec.ts';

export type AlignedPlan = {
	id: string;
	short_title: string;
	title: string;
	completeness: string | null;
	href: string;
	elements: {
		id: string;
		code: string;
		title: string;
		certainty: string | null;
		initiatives: number;
		/** Shown even where no link touches it, so that what is not connected can be seen. */
		top: boolean;
		href: string;
	}[];
};

export type Alignment = {
	from_id: string;
	to_id: string;
	relation: string;
	certainty: string | null;
	rationale: string | null;
	/** Initiatives whose main aims are at both ends. */
	initiatives: number;
};

/** How do the plans connect? Plans from left to right, their items, the links between them and what flows along. */
export function alignment(
	plans: readonly AlignedPlan[],
	alignments: readonly Alignment[],
	setting: Setting
): FlowSpec {
	const column = new Map(
		plans.flatMap((plan, i) => [[plan.id, i] as const, ...plan.elements.map(({ id }) => [id, i] as const)])
	);
	const links = alignments
		.filter(({ from_id, to_id }) => joins(column.get(from_id), column.get(to_id)))
		.map((one) => linkOf(one, column, plans));
	const touched = new Set(links.flatMap(({ from, to }) => [from, to]));
	const nodes = plans.flatMap((plan, column): FlowNode[] => [
		...(touched.has(plan.id) ? [wholePlan(plan, column)] : []),
		...plan.elements
			.filter(({ id, top }) => touched.has(id) || top)
			.map((element) => ({
				key: element.id,
				column,
				label: element.code,
				title: element.title,
				certainty: certaintyOf(element.certainty),
				initiatives: element.initiatives,
				href: element.href
			}))
	]);
	const documented = links.filter(({ certainty }) => certainty === 'documented').length;
	return {
		kind: 'flow',
		question: 'alignment',
		params: setting.params,
		title: title(links.length, documented, plans),
		subtitle: `Links between ${say.together(plans.map(({ short_title }) => short_title))}, as wide as the initiatives that serve both ends · ${counted(documented, links.length - documented)}`,
		columns: plans.map(({ id, short_title, title, completeness, href }) => ({
			key: id,
			label: short_title,
			title,
			note: completeness,
			href
		})),
		nodes,
		links,
		provenance: provenance(setting, null),
		notes: [
			'Solid: a public source states the link. Dashed: we inferred it from the subjects; no source states it.',
			'A link is as wide as the number of initiatives whose main aims are at both of its ends. Thin links have none.',
			...plans.flatMap(({ short_title, completeness }) =>
				completeness ? [`${short_title}: ${completeness}`] : []
			)
		]
	};
}

/** Within the picture, and from one plan to another. */
function joins(from: number | undefined, to: number | undefined) {
	return from !== undefined && to !== undefined && from !== to;
}

function linkOf(
	one: Alignment,
	column: ReadonlyMap<string, number>,
	plans: readonly AlignedPlan[]
): FlowLink {
	const onward = column.get(one.from_id)! < column.get(one.to_id)!;
	const whole = plans.some(({ id }) => id === one.from_id || id === one.to_id);
	return {
		from: onward ? one.from_id : one.to_id,
		to: onward ? one.to_id : one.from_id,
		relation: onward ? one.relation : `${one.relation} (read from right to left)`,
		certainty: certaintyOf(one.certainty),
		initiatives: whole ? null : one.initiatives,
		text: one.rationale ?? ''
	};
}

function wholePlan(plan: AlignedPlan, column: number): FlowNode {
	return {
		key: plan.id,
		column,
		label: 'Whole plan',
		title: plan.title,
		certainty: 'documented',
		initiatives: null,
		href: plan.href
	};
}

function title(all: number, documented: number, plans: readonly AlignedPlan[]) {
	const names = say.together(plans.map(({ short_title }) => short_title));
	if (all === 0) return `No links between ${names} are recorded`;
	const many = all === 1 ? `One link connects ${names}` : `${say.number(all)} links connect ${names}`;
	if (documented === all) return `${many}; ${all === 1 ? 'it is' : 'all are'} documented`;
	if (documented === 0) return `${many}; ${all === 1 ? 'it is' : 'all are'} inferred`;
	return `${many}; ${say.number(documented)} ${say.is(documented)} documented, the others inferred`;
}

function counted(documented: number, inferred: number) {
	return `${say.number(documented)} documented, ${say.number(inferred)} inferred`;
}
