import { transactAside, type Db } from '#db/open.server.ts';
import { roleName } from '#lib/domain/access.ts';
import { address } from '#lib/domain/address.ts';
import * as audit from './audit.ts';
import * as outbox from './mail/outbox.ts';
import { invitation } from './mail/sign-in.ts';
import * as users from './users.ts';

type Invited = users.NewUser & { grant: users.NewGrant };

/** Gives somebody a role and writes to them where to sign in. `origin` is our own address, where we know it. */
export function invite(db: Db, actor: audit.Actor, invited: Invited, origin: string | null) {
	return transactAside(db, async (trx) => {
		const user = await users.addWithRole(trx, actor, invited);
		const { role, entity_id, element_id } = invited.grant;
		const of = entity_id ?? element_id;
		const mail = invitation({
			by: actor.name,
			role: `${roleName[role]}${of ? ` of ${await nameOf(trx, of)}` : ''}`,
			address: origin && origin + address('/sign-in', { email: user.email })
		});
		await outbox.post(trx, { ...mail, to: user.email, user_id: user.id });
		return user;
	});
}

async function nameOf(trx: Db, id: string) {
	const entity = await trx.selectFrom('entity').select('name').where('id', '=', id).executeTakeFirst();
	if (entity) return entity.name;
	const element = await trx
		.selectFrom('plan_element as e')
		.innerJoin('plan as p', 'p.id', 'e.plan_id')
		.select(['e.code', 'e.title', 'p.short_title'])
		.where('e.id', '=', id)
		.executeTakeFirst();
	return element ? `${element.code} ${element.title} (${element.short_title})` : id;
}
