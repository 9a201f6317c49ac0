import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { freshnesses } from '#lib/domain/freshness.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import { fresh, medianStage } from '#lib/domain/tally.ts';
import * as plans from '#lib/server/plans.ts';
import * as progress from '#lib/server/progress.ts';

/** How one entity stood on each top-level element of a plan at every round up to a meeting: its own history. */
export async function stood(
	db: Reader,
	at: { plan: string; meeting: string; entity: string; basis?: Basis }
) {
	const top = mainLayer(await plans.elements(db, at.plan));
	const rows = [];
	for (const { id, plan_id, code, title } of top) {
		const rounds = await progress.overMeetings(db, {
			scope_id: id,
			entity_id: at.entity,
			upto: at.meeting,
			...(at.basis && { basis: at.basis })
		});
		rows.push({
			element: { id, plan_id, code, title },
			cells: rounds.map(({ meeting, tally }) => ({
				meeting,
				stage: medianStage(tally),
				freshness: freshnesses.find((one) => tally[one] > 0) ?? null,
				fresh: fresh(tally),
				expected: tally.expected
			}))
		});
	}
	return rows.filter(({ cells }) => cells.some(({ expected }) => expected > 0));
}
