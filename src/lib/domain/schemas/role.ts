import { z } from 'zod';
import { roles, type Role } from '../access.ts';
import { openDayField } from './person.ts';

/** A role as a form asks for it: the entity, the element and the days are left empty where they do not apply. */
export const roleFields = {
	role: z.enum(roles, 'Choose a role.'),
	entity_id: z.string().max(200).default(''),
	element_id: z.string().max(200).default(''),
	from_on: openDayField,
	to_on: openDayField
};

type RoleAsked = { role: Role; entity_id: string; element_id: string; from_on: string; to_on: string };

/** A role as a form asked for it: what does not belong to it is left aside, what was left empty is nothing. */
export function asGrant({ role, entity_id, element_id, from_on, to_on }: RoleAsked) {
	return {
		role,
		entity_id: role === 'contributor' || role === 'national_coordinator' ? entity_id || null : null,
		element_id: role === 'area_coordinator' ? element_id || null : null,
		from_on: from_on || undefined,
		to_on: to_on || null
	};
}

/** The field of a form that a refusal is about. */
export function fieldOf(sentence: string) {
	if (/entity/.test(sentence)) return 'entity_id';
	if (/element/.test(sentence)) return 'element_id';
	return /ends on/.test(sentence) ? 'to_on' : 'email';
}
