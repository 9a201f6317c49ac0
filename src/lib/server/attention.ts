import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import * as entities from './entities.ts';
import * as initiatives from './initiatives.ts';
import * as plans from './plans.ts';

export type Attention = { count: number; href: string };

/**
 * What needs attention under a plan at a meeting: Members that said nothing, work that stood still for two meetings,
 * elements nobody serves. Each with the list behind it, which has as many rows.
 */
export async function read(
	db: Reader,
	{ plan_id, meeting_id, basis = 'known' }: { plan_id: string; meeting_id: string; basis?: Basis }
): Promise<{ silent: Attention; stalled: Attention; unserved: Attention }> {
	const at = { plan: plan_id, meeting: meeting_id, ...(basis === 'presented' && { basis }) };
	const stalled = { ...at, stalled: '1' } as const;
	return {
		silent: {
			count: (await entities.silent(db, { plan_id, meeting_id, basis })).length,
			href: `/members?${new URLSearchParams({ ...at, silent: '1' })}`
		},
		stalled: {
			count: await initiatives.count(db, stalled),
			href: `/initiatives?${new URLSearchParams(stalled)}`
		},
		unserved: {
			count: (await plans.unserved(db, plan_id)).length,
			href: `/plans/${encodeURIComponent(plan_id)}?unserved=1`
		}
	};
}
