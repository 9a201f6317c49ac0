import type { Reader } from '#db/open.server.ts';
import { list } from '#lib/charts/address.ts';
import type { SlideList } from '#lib/charts/deck.ts';
import * as say from '#lib/charts/sentence.ts';
import type { Filter } from '#lib/charts/spec.ts';
import { elementAddress } from '#lib/domain/address.ts';
import { label as movedLabel, movements, type Movement } from '#lib/domain/movement.ts';
import { label as stageLabel } from '#lib/domain/stage.ts';
import { empty, type Tally } from '#lib/domain/tally.ts';
import * as initiatives from '../initiatives.ts';
import * as progress from '../progress.ts';
import type { Place } from './place.ts';

// What stands beside a chart on a slide: the same figures for each part of the plan, or the work behind them.

type Count = { label: string; of: (tally: Tally) => number; filter: Filter };

/** The same counts for each part of the plan. */
export async function byArea(
	db: Reader,
	{ at, areas, params }: Place,
	counts: readonly Count[],
	withExpected = false
): Promise<SlideList> {
	const { elements } = await progress.byElement(db, at);
	const shown = [
		...counts,
		...(withExpected ? [{ label: 'Expected', of: (tally: Tally) => tally.expected, filter: {} }] : [])
	];
	return {
		columns: [
			{ key: 'part', label: 'Part of the plan', numeric: false },
			...shown.map(({ label }) => ({ key: label, label, numeric: true }))
		],
		rows: areas.map((element) => {
			const tally = elements.find(({ element_id }) => element_id === element.id)?.tally ?? empty();
			return [
				{ value: `${element.code} ${element.title}`, href: elementAddress(element, params) },
				...shown.map(({ of, filter }) => ({
					value: of(tally),
					href: list({ ...params, element: element.id }, filter)
				}))
			];
		}),
		more: null
	};
}

/** What moved on each part of the plan. */
export function movedByArea(
	{ areas, params }: Place,
	from: string,
	moved: readonly ({ element_id: string } & Movement)[]
): SlideList {
	return {
		columns: [
			{ key: 'part', label: 'Part of the plan', numeric: false },
			...movements.map((one) => ({ key: one, label: movedLabel[one], numeric: true }))
		],
		rows: areas.flatMap((element) => {
			const own = moved.find(({ element_id }) => element_id === element.id);
			if (!own) return [];
			const filter = { ...params, from, element: element.id };
			return [
				[
					{ value: `${element.code} ${element.title}`, href: elementAddress(element, params) },
					...movements.map((one) => ({ value: own[one], href: list(filter, { moved: one }) }))
				]
			];
		}),
		more: null
	};
}

/** What of an element is late: what a meeting can do something about. */
export async function offTrack(db: Reader, place: Place, element: string): Promise<SlideList> {
	const asked = { ...place.params, element } as { plan: string; meeting: string; element: string };
	const found = await initiatives.top(db, { ...asked, timing: 'off_track' }, { limit: 6, sort: 'title' });
	return {
		columns: [
			{ key: 'what', label: 'Off track', numeric: false },
			{ key: 'who', label: 'Reported by', numeric: false },
			{ key: 'stage', label: 'Stage', numeric: false }
		],
		rows: found.rows.map(({ id, title, standings: [standing] }) => [
			{ value: title, href: `/initiatives/${encodeURIComponent(id)}` },
			{ value: standing?.entity ?? null },
			{ value: standing?.stage ? stageLabel[standing.stage] : null }
		]),
		more:
			found.total > found.rows.length
				? {
						words: `${say.number(found.total - found.rows.length)} more are off track`,
						href: list({ ...asked, timing: 'off_track' })
					}
				: null
	};
}
