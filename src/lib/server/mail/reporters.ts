import type { Reader } from '#db/open.server.ts';
import * as users from '../users.ts';

type For = { entity_id: string; instead_of: string | null };

/** Somebody who reports: for which entities, and for which they stand in for a colleague. */
export type Reporter = {
	id: string;
	name: string;
	email: string;
	time_zone: string | null;
	/** Of their entities, for whoever has said none. */
	zones: (string | null)[];
	entities: For[];
	standing_in: For[];
};

/** Everybody who reports for an entity on a day, and their deputies. */
export async function reporters(db: Reader, day: string): Promise<Reporter[]> {
	const contacts = await users.contacts(db, undefined, day);
	if (contacts.length === 0) return [];
	const entities = await db.selectFrom('entity').select(['id', 'time_zone']).execute();
	const zoneOf = new Map(entities.map(({ id, time_zone }) => [id, time_zone]));
	const deputies = await db
		.selectFrom('deputy')
		.select(['user_id', 'deputy_id'])
		.where('from_on', '<=', day)
		.where('to_on', '>=', day)
		.execute();
	const ids = [...contacts.map(({ id }) => id), ...deputies.map(({ deputy_id }) => deputy_id)];
	const rows = await db
		.selectFrom('user')
		.select(['id', 'name', 'email', 'time_zone'])
		.where('id', 'in', [...new Set(ids)])
		.where('disabled_at', 'is', null)
		.orderBy('id')
		.execute();
	const people = new Map<string, Reporter>(
		rows.map((user) => [user.id, { ...user, zones: [], entities: [], standing_in: [] }])
	);
	const add = (list: For[], entity_id: string, instead_of: string | null) => {
		if (!list.some((one) => one.entity_id === entity_id)) list.push({ entity_id, instead_of });
	};
	for (const { id, entity_id } of contacts) {
		const person = people.get(id);
		if (!person || entity_id === null) continue;
		add(person.entities, entity_id, null);
		person.zones.push(zoneOf.get(entity_id) ?? null);
	}
	for (const { user_id, deputy_id } of deputies) {
		const [absent, deputy] = [people.get(user_id), people.get(deputy_id)];
		if (!absent || !deputy) continue;
		for (const { entity_id } of absent.entities) {
			add(deputy.standing_in, entity_id, absent.name);
			deputy.zones.push(zoneOf.get(entity_id) ?? null);
		}
	}
	return [...people.values()];
}
