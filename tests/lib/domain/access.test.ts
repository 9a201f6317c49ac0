import { expect, test } from 'vitest';
import {
	acts,
	allowed,
	allowedInWords,
	kindOf,
	may,
	mayEver,
	roles,
	type Grant,
	type Role,
	type User
} from '#lib/domain/access.ts';

const grant = (role: Role, entity_id: string | null = null, element_id: string | null = null): Grant => ({
	role,
	entity_id,
	element_id
});
const user = (...grants: Grant[]): User => ({ id: 'u', name: 'U', email: 'u@example.org', grants });

test('whose it is depends on who looks', () => {
	const fiji = grant('contributor', 'FJI');
	expect(kindOf(fiji, { entity_id: 'FJI' })).toBe('own');
	expect(kindOf(fiji, { entity_id: 'JPN' })).toBe('other');
	expect(kindOf(fiji, {})).toBe('regional');
	expect(kindOf(fiji, { entity_id: 'FJI', frozen: true })).toBe('frozen');
	const area = grant('area_coordinator', null, 'rsp:FA1');
	expect(kindOf(area, { entity_id: 'FJI', scopes: ['rsp:FA1', 'rsp', 'all'] })).toBe('own');
	expect(kindOf(area, { entity_id: 'FJI', scopes: ['rsp:FA2'] })).toBe('other');
	expect(kindOf(area, { entity_id: 'FJI' })).toBe('other');
	expect(kindOf(area, {})).toBe('regional');
});

test('one of several roles is enough, and no role is nothing', () => {
	const both = user(grant('contributor', 'FJI'), grant('national_coordinator', 'TON'));
	expect(may(both, 'submit', { entity_id: 'TON' })).toBe(true);
	expect(may(both, 'submit', { entity_id: 'FJI' })).toBe(false);
	for (const act of acts) {
		expect(may(undefined, act)).toBe(false);
		expect(mayEver(user(), act)).toBe(false);
	}
});

test('a Member writes for itself, the office on behalf, and nobody else', () => {
	for (const role of roles) {
		const of = role === 'contributor' || role === 'national_coordinator' ? 'FJI' : null;
		const who = user(grant(role, of, role === 'area_coordinator' ? 'rsp:FA1' : null));
		expect(may(who, 'report', { entity_id: 'FJI', scopes: ['rsp:FA1'] })).toBe(
			['contributor', 'national_coordinator', 'vice_chair_office'].includes(role)
		);
		expect(may(who, 'report', { entity_id: 'JPN', scopes: ['rsp:FA1'] })).toBe(role === 'vice_chair_office');
		expect(may(who, 'report', { entity_id: 'FJI', frozen: true })).toBe(role === 'vice_chair_office');
		expect(may(who, 'unfreeze', { frozen: true })).toBe(role === 'administrator');
	}
});

test('everybody with a role may read, whatever it is', () => {
	for (const role of roles) expect(allowed(role, 'read')).toEqual(['own', 'other', 'regional', 'frozen']);
});

test('the table is told in words', () => {
	expect(allowedInWords('viewer', 'read')).toBe('everything');
	expect(allowedInWords('vice_chair_office', 'review')).toBe('everything that is not frozen');
	expect(allowedInWords('contributor', 'report')).toBe('their own');
	expect(allowedInWords('area_coordinator', 'follow')).toBe("their own, the region's, what is frozen");
	expect(allowedInWords('viewer', 'report')).toBe('no');
});
