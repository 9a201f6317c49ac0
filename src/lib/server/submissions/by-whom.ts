import type { Reader } from '#db/open.server.ts';
import { channelLabel } from '#lib/domain/words.ts';

/** `by` somebody, or by the way it came. */
export type Said = { by: string; person: boolean; at: string };

/**
 * Who recorded each of these status updates, and when: the person the trail names or, for what came in with a data
 * package, the way it came.
 */
export async function byWhom(db: Reader, update_ids: string[]): Promise<Map<string, Said>> {
	if (update_ids.length === 0) return new Map();
	const rows = await db
		.selectFrom('status_update as u')
		.leftJoin('submission as s', (join) =>
			join.onRef('s.meeting_id', '=', 'u.meeting_id').onRef('s.entity_id', '=', 'u.entity_id')
		)
		.select(['u.id', 'u.initiative_id', 'u.recorded_at', 's.channel'])
		.where('u.id', 'in', update_ids)
		.execute();
	const lines = await db
		.selectFrom('audit_event')
		.select(['object', 'actor'])
		.where(
			'initiative_id',
			'in',
			rows.map(({ initiative_id }) => initiative_id)
		)
		.where('act', 'in', ['record', 'record_addendum'])
		.execute();
	const actors = new Map(lines.map(({ object, actor }) => [object, actor]));
	return new Map(
		rows.map(({ id, channel, recorded_at }) => {
			const actor = actors.get(`status update ${id}`);
			return [id, { by: actor ?? wayOf(channel), person: actor !== undefined, at: recorded_at }];
		})
	);
}

/** "public record: read from a public source" is too long for a list. */
const wayOf = (channel: keyof typeof channelLabel | null) =>
	channel === null ? 'from a data package' : channelLabel[channel].replace(/:.*/, '');
