import type { ElementKind, PlanLevel, Relation } from '#lib/domain/words.ts';
import { translate, type ElementFact, type Facts } from './facts.ts';
import type { Row } from './tables.ts';

const kinds: Record<string, ElementKind> = {
	objective: 'objective',
	process: 'process',
	'focus-area': 'focus_area',
	enabler: 'enabler',
	action: 'action',
	milestone: 'milestone',
	kpi: 'indicator'
};

/** What one body plans for itself, or some Members for one project, is a programme. */
const levels: Record<string, PlanLevel> = {
	global: 'global',
	regional: 'regional',
	entity: 'programme',
	project: 'programme'
};

/**
 * The facts link more loosely than our words allow, so we take the weaker reading each time, and the original word opens
 * the rationale. Nothing becomes `equal`: that would continue a line of figures, and only a meeting can agree to it.
 */
const relations: Record<string, Relation> = {
	'linked-with': 'overlaps',
	'aligned-with': 'overlaps',
	'same-theme': 'overlaps',
	implements: 'part_of',
	supports: 'supports',
	'contributes-to': 'supports',
	succeeds: 'succeeds',
	follows: 'succeeds',
	'renumbered-from': 'succeeds'
};

function level(id: string, word: string): PlanLevel {
	if (id.startsWith('ip-')) return 'implementation';
	return id.startsWith('gmre-wp-') ? 'programme' : translate(levels, word);
}

export function plans({ plans }: Facts): Row[] {
	return plans.map((plan) => ({
		id: plan.id,
		short_title: plan.short_title,
		title: plan.title,
		level: level(plan.id, plan.level),
		owner: plan.owner,
		role: plan.role,
		starts_on: plan.period.start,
		ends_on: plan.period.end,
		period_label: plan.period.label,
		succeeds: plan.predecessor ?? null,
		completeness: plan.completeness,
		source_url: plan.source_urls[0] ?? null,
		certainty: plan.certainty
	}));
}

export function elements({ plans }: Facts): Row[] {
	return plans.flatMap((plan) =>
		plan.elements.map((element, index) => ({
			id: element.id,
			plan: plan.id,
			code: element.code,
			aliases: aliases(element),
			parent: element.parent,
			kind: element.code === 'SG' ? 'goal' : translate(kinds, element.kind),
			published_level: element.published_level ?? null,
			title: element.title,
			summary: element.summary,
			position: index + 1,
			source_url: element.source_url,
			certainty: element.certainty
		}))
	);
}

function aliases({ code_fr, aliases = [] }: ElementFact) {
	return [...(code_fr ? [code_fr] : []), ...aliases].join(' | ') || null;
}

export function alignments({ links }: Facts): Row[] {
	return links.map((link) => ({
		id: link.id,
		from: link.from,
		to: link.to,
		relation: translate(relations, link.relation),
		rationale: `${link.relation.replaceAll('-', ' ')}: ${link.rationale}`,
		source_url: link.source_url,
		certainty: link.certainty
	}));
}
