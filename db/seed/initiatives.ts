import type { EntityRole, Scope } from '#lib/domain/words.ts';
import { firstDay, lastDay } from './days.ts';
import { translate, type Facts, type InitiativeFact } from './facts.ts';
import type { Row } from './tables.ts';

const precisions: Record<string, string | null> = {
	day: 'day',
	range: 'day',
	month: 'month',
	year: 'year',
	'unknown-year': null
};

/** What reaches beyond the region is `multilateral` too: the package has no wider word. */
function scope({ scope, members }: InitiativeFact): Scope {
	if (scope === 'national' || scope === 'regional') return scope;
	return scope === 'multi-member' && members.length === 2 ? 'bilateral' : 'multilateral';
}

export function initiatives({ initiatives }: Facts): Row[] {
	return initiatives.map((fact) => ({
		id: fact.id,
		title: fact.title,
		summary: fact.note ? `${fact.summary} Note: ${fact.note}` : fact.summary,
		scope: scope(fact),
		starts_on: fact.date_start && firstDay(fact.date_start),
		target_on: fact.date_end && lastDay(fact.date_end),
		date_precision: precisions[fact.date_precision] ?? null,
		theme: fact.theme,
		source_url: fact.source_url,
		source_type: fact.source_type,
		certainty: fact.certainty
	}));
}

/** How the facts say a Member took part, and what that makes the Member. */
const memberRoles: Record<string, EntityRole> = {
	initiator: 'lead',
	initiators: 'lead',
	'co-coordinator': 'lead',
	host: 'host',
	'debrief host': 'host',
	'participant and meeting host': 'host',
	beneficiary: 'beneficiary',
	participants: 'participant',
	donor: 'partner',
	signatories: 'partner',
	'project countries': 'partner'
};

/** In these roles somebody else runs the work: a body named alone beside them. */
const guests = new Set([
	'host',
	'debrief host',
	'participant and meeting host',
	'beneficiary',
	'participants',
	'donor'
]);

/**
 * Who leads is said by few sources. We name a lead only where one stands out: the only one named, the Member of a
 * national initiative, the initiators, or the one body beside a single Member or its guests. Otherwise nobody leads
 * and each entity named is asked.
 */
function roles({ members, entities, member_role, scope }: InitiativeFact): {
	members: EntityRole;
	bodies: EntityRole;
} {
	if (members.length === 0) return { members: 'partner', bodies: entities.length === 1 ? 'lead' : 'partner' };
	if (member_role === 'co-coordinator') return { members: 'lead', bodies: 'lead' };
	if (entities.length === 0 && members.length === 1) return { members: 'lead', bodies: 'partner' };
	if (member_role) {
		const body = entities.length === 1 && guests.has(member_role) ? 'lead' : 'partner';
		return { members: translate(memberRoles, member_role), bodies: body };
	}
	if (scope === 'national') return { members: 'lead', bodies: 'partner' };
	return { members: 'partner', bodies: members.length === 1 && entities.length === 1 ? 'lead' : 'partner' };
}

export function participants({ initiatives }: Facts): Row[] {
	return initiatives.flatMap((fact) => {
		const role = roles(fact);
		return [
			...fact.members.map((entity) => ({ initiative: fact.id, entity, role: role.members })),
			...fact.entities.map((entity) => ({ initiative: fact.id, entity, role: role.bodies }))
		];
	});
}

const focusAreas = ['FA1', 'FA2', 'FA3'].map((code) => `rsp-2022-2024:${code}`);

/** One focus area is the main one; of the Strategic Plan's elements the first. Cross-cutting work contributes to all three. */
export function contributions({ initiatives }: Facts): Row[] {
	return initiatives.flatMap((fact) => {
		const to = (element: string, role: string, certainty: string) => ({
			initiative: fact.id,
			element,
			role,
			certainty
		});
		const regional =
			fact.focus_area === 'cross-cutting'
				? focusAreas.map((area) => to(area, 'contributing', fact.mapping_certainty))
				: [
						to(fact.focus_area, 'main', fact.mapping_certainty),
						...fact.other_focus_areas.map((area) => to(area, 'contributing', 'inferred'))
					];
		const global = fact.sp_elements.map((element, index) =>
			to(element, index === 0 ? 'main' : 'contributing', 'inferred')
		);
		return [...regional, ...global];
	});
}
