import type { Reader } from '#db/open.server.ts';
import type { Slide } from '#lib/charts/deck.ts';
import { whole } from '#lib/charts/pieces.ts';
import * as say from '#lib/charts/sentence.ts';
import { address } from '#lib/domain/address.ts';
import { label as freshnessLabel } from '#lib/domain/freshness.ts';
import { label as stageLabel } from '#lib/domain/stage.ts';
import { cut } from '#lib/domain/text.ts';
import { label as timingLabel } from '#lib/domain/timing.ts';
import * as charts from '../charts.ts';
import * as initiatives from '../initiatives.ts';
import type { Place } from './place.ts';
import { told } from './told.ts';

/** One Member or body: its own history, and its initiatives at the meeting. */
export async function spotlight(
	db: Reader,
	{ params }: Place,
	entity: { id: string; name: string }
): Promise<Slide> {
	const asked = { ...params, entity: entity.id } as { plan: string; meeting: string; entity: string };
	const spec = whole(await charts.spec(db, 'member', asked));
	const { rows, total } = await initiatives.top(db, asked, { limit: 8 });
	return {
		...told('spotlight', entity.name, spec, address(`/members/${encodeURIComponent(entity.id)}`, params)),
		id: `spotlight-${entity.id}`,
		list: {
			columns: [
				{ key: 'what', label: 'Initiative', numeric: false },
				{ key: 'stage', label: 'Stage', numeric: false },
				{ key: 'timing', label: 'Timing', numeric: false },
				{ key: 'freshness', label: 'Report', numeric: false }
			],
			rows: rows.map(({ id, title, standings: [standing] }) => [
				{ value: cut(title, 120), href: `/initiatives/${encodeURIComponent(id)}` },
				{ value: standing?.stage ? stageLabel[standing.stage] : null },
				{ value: standing?.timing ? timingLabel[standing.timing] : null },
				{ value: standing ? freshnessLabel[standing.freshness] : null }
			]),
			more:
				total > rows.length
					? { words: `${say.number(total - rows.length)} more`, href: address('/initiatives', asked) }
					: null
		}
	};
}
