import type { Db } from '#db/open.server.ts';
import type { Role, User } from '#lib/domain/access.ts';
import * as audit from '#lib/server/audit.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as users from '#lib/server/users.ts';

let made = 0;

/** Somebody with a role, in force since long ago. */
export async function person(
	db: Db,
	role: Role,
	of: { entity_id?: string; element_id?: string; name?: string; email?: string } = {}
): Promise<User> {
	const { name = `A ${role}`, email = `${role}.${++made}@example.org`, ...grant } = of;
	const { id } = await users.add(db, audit.commandLine, { name, email });
	await users.grant(db, audit.commandLine, id, { role, from_on: '2000-01-01', ...grant });
	return (await users.find(db, { id }))!;
}

/** The cookie header of somebody signed in, over plain http. */
export async function signedIn(db: Db, { id }: { id: string }) {
	const token = await sessions.start(db, id, { way: 'mail', device: 'test' });
	return `${sessions.cookieName(false)}=${token}`;
}
