import type { Reader } from '#db/open.server.ts';
import { entitiesOf, type User } from '#lib/domain/access.ts';
import { isZone } from '#lib/domain/zones.ts';

/** The time zone somebody lives by: the one they chose, or that of the entity they act for. */
export async function ownZone(db: Reader, user: Pick<User, 'id' | 'grants'>): Promise<string | null> {
	const chosen = await db.selectFrom('user').select('time_zone').where('id', '=', user.id).executeTakeFirst();
	if (isZone(chosen?.time_zone)) return chosen.time_zone;
	const [entity_id] = entitiesOf(user as User);
	if (entity_id === undefined) return null;
	const entity = await db
		.selectFrom('entity')
		.select('time_zone')
		.where('id', '=', entity_id)
		.executeTakeFirst();
	return isZone(entity?.time_zone) ? entity.time_zone : null;
}
