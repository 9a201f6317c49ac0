import type { EntityKind, TermRole } from './words.ts';

export const entityKind: Record<EntityKind, string> = {
	member: 'Member',
	vice_chair_office: 'Office of the Vice-Chair',
	regional_office: 'Regional office',
	intelligence_office: 'Intelligence office',
	private_sector: 'Private sector',
	secretariat: 'Secretariat',
	working_group: 'Group or network'
};

export const termRole: Record<TermRole, string> = {
	vice_chair: 'Vice-Chair',
	host: 'Host',
	area_coordinator: 'Area coordinator'
};
