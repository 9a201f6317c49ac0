import { transactAside, type Db, type Reader } from '#db/open.server.ts';
import type { Choice } from '#lib/domain/mail.ts';
import * as audit from '../audit.ts';

/** How much mail somebody wants. Everything, until they say otherwise. */
export async function get(db: Reader, user_id: string): Promise<Choice> {
	const row = await db
		.selectFrom('mail_choice')
		.select('choice')
		.where('user_id', '=', user_id)
		.executeTakeFirst();
	return row?.choice ?? 'all';
}

/** Keeps what somebody chose. `way` says where: on their page, or by the link in a mail. */
export function choose(
	db: Db,
	user: { id: string; name: string },
	choice: Choice,
	way: 'page' | 'mail' = 'page'
) {
	return transactAside(db, async (trx) => {
		const before = await get(trx, user.id);
		if (before === choice) return;
		const chosen_at = new Date().toISOString();
		await trx
			.insertInto('mail_choice')
			.values({ user_id: user.id, choice, chosen_at })
			.onConflict((c) => c.column('user_id').doUpdateSet({ choice, chosen_at }))
			.execute();
		await audit.record(trx, audit.actorOf(user), {
			act: 'choose_mail',
			object: `user ${user.id}`,
			before: { choice: before },
			after: { choice, way }
		});
	});
}
