import type { Row } from './tables.ts';

/** The method's rule for who is asked: each lead, and with no lead every entity the initiative names. */
export function asked(participants: Row[]) {
	const named = new Map<string, Row[]>();
	for (const row of participants)
		named.set(String(row.initiative), [...(named.get(String(row.initiative)) ?? []), row]);
	return (initiative: string) => {
		const all = named.get(initiative) ?? [];
		const leads = all.filter((row) => row.role === 'lead');
		return [...new Set((leads.length > 0 ? leads : all).map((row) => String(row.entity)))];
	};
}

/** Bodies are always there; a Member is asked once its membership covers the day the round opens. */
export function covers(memberships: Row[]) {
	const from = new Map(memberships.map((row) => [String(row.entity), String(row.from_on)]));
	return (entity: string, day: string) => (from.get(entity) ?? '') <= day;
}
