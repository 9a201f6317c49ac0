import type { Db, Reader } from '#db/open.server.ts';
import type { Place } from '../drafts.ts';

const awake = 60_000;
const justNow = 10 * 60_000;

/** Notes that somebody has the form open. Not a change of anything, so it leaves no line. */
export async function note(db: Db, place: Place, { id, name }: { id: string; name: string }) {
	const seen_at = new Date().toISOString();
	await db
		.insertInto('editing')
		.values({ ...place, user_id: id, name, seen_at })
		.onConflict((c) =>
			c
				.columns(['meeting_id', 'initiative_id', 'entity_id', 'side', 'user_id'])
				.doUpdateSet({ seen_at, name })
		)
		.execute();
}

/** Who else has it open: a browser said so in the last minute, or they saved in the last ten. */
export async function others(db: Reader, place: Place, user_id: string): Promise<string[]> {
	const { meeting_id, initiative_id, entity_id, side } = place;
	const open = await db
		.selectFrom('editing')
		.select('name')
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.where('side', '=', side)
		.where('user_id', '<>', user_id)
		.where('seen_at', '>', ago(awake))
		.execute();
	const saved = await db
		.selectFrom('draft')
		.select('saved_by_name as name')
		.where('meeting_id', '=', meeting_id)
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.where('side', '=', side)
		.where('saved_by', '<>', user_id)
		.where('update_id', 'is', null)
		.where('version', '>', 0)
		.where('saved_at', '>', ago(justNow))
		.execute();
	return [...new Set([...open, ...saved].map(({ name }) => name))].sort();
}

const ago = (ms: number) => new Date(Date.now() - ms).toISOString();
