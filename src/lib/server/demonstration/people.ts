import type { Db, Reader } from '#db/open.server.ts';
import type { Role } from '#lib/domain/access.ts';
import * as audit from '../audit.ts';
import * as users from '../users.ts';

type Made = { email: string; name: string; role: Role; entity_id?: string; element_id?: string };

/** One for each role, and a second Member, so that the two sides of every wall can be looked at. Nobody here exists. */
const made: Made[] = [
	{ email: 'office@demonstration.invalid', name: "Vice-Chair's office", role: 'vice_chair_office' },
	{
		email: 'fiji@demonstration.invalid',
		name: 'Coordinator, Fiji',
		role: 'national_coordinator',
		entity_id: 'FJI'
	},
	{
		email: 'fiji.colleague@demonstration.invalid',
		name: 'Contributor, Fiji',
		role: 'contributor',
		entity_id: 'FJI'
	},
	{
		email: 'japan@demonstration.invalid',
		name: 'Coordinator, Japan',
		role: 'national_coordinator',
		entity_id: 'JPN'
	},
	{
		email: 'area@demonstration.invalid',
		name: 'Area coordinator, capacity building',
		role: 'area_coordinator',
		element_id: 'rsp-2022-2024:FA3'
	},
	{ email: 'viewer@demonstration.invalid', name: 'Viewer', role: 'viewer' },
	{ email: 'administrator@demonstration.invalid', name: 'Administrator', role: 'administrator' }
];

/** Adds the people of the demonstration, those who are not there yet. */
export async function add(db: Db) {
	for (const { email, name, ...grant } of made) {
		if (await users.find(db, { email })) continue;
		const user = await users.add(db, audit.commandLine, { email, name });
		await users.grant(db, audit.commandLine, user.id, grant);
	}
}

/** Who can be tried out, in the order they are offered. */
export async function people(db: Reader): Promise<{ id: string; name: string; roles: Role[] }[]> {
	const found = await Promise.all(made.map(({ email }) => users.find(db, { email })));
	return found
		.filter((user) => user !== undefined)
		.map(({ id, name, grants }) => ({ id, name, roles: grants.map(({ role }) => role) }));
}
