import type { Reader } from '#db/open.server.ts';
import { allowed, may, roleName, roles, type Act, type Target, type User } from '#lib/domain/access.ts';
import { BadInput } from '#lib/domain/errors.ts';
import * as users from '#lib/server/users.ts';

/** Who a command is done by: somebody with an address here, who may do it in the application too. */
export async function somebody(db: Reader, email: string, act: Act, target: Target = {}): Promise<User> {
	const user = await users.find(db, { email });
	if (!user)
		throw new BadInput(`Nobody here has the address ${email}. npm run waymark -- user list shows who has.`);
	if (!may(user, act, target)) {
		const who = roles.filter((role) => allowed(role, act).length > 0).map((role) => roleName[role]);
		throw new BadInput(`${email} may not do this: it takes the role ${who.join(' or ')}.`);
	}
	return user;
}
