import type { Reader } from '#db/open.server.ts';
import type { Slide } from '#lib/charts/deck.ts';
import { pages, whole } from '#lib/charts/pieces.ts';
import * as say from '#lib/charts/sentence.ts';
import { address, elementAddress } from '#lib/domain/address.ts';
import { freshnesses, label as freshnessLabel } from '#lib/domain/freshness.ts';
import { label as stageLabel, ladder } from '#lib/domain/stage.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import { label as timingLabel, timings } from '#lib/domain/timing.ts';
import * as charts from '../charts.ts';
import * as progress from '../progress.ts';
import { byArea, movedByArea, offTrack } from './beside.ts';
import type { Place } from './place.ts';
import { told } from './told.ts';

/** Rows of a matrix that can be read from the back of a room. */
const rowsOfMatrix = 18;

export async function overview(db: Reader, place: Place): Promise<Slide> {
	const spec = whole(await charts.spec(db, 'stages', place.params));
	return {
		...told('overview', `Where ${place.plan.short_title} stands`, spec, address('/', place.params)),
		list: await byArea(
			db,
			place,
			[
				...ladder.map((stage) => ({
					label: stageLabel[stage],
					of: (tally: Tally) => tally[stage],
					filter: { stage }
				})),
				{ label: 'Reported', of: fresh, filter: { freshness: 'fresh' } }
			],
			true
		)
	};
}

/** One for each part of the plan that anything was asked under. */
export async function areas(db: Reader, place: Place): Promise<Slide[]> {
	const slides: Slide[] = [];
	for (const element of place.areas) {
		const spec = whole(await charts.spec(db, 'stages', { ...place.params, element: element.id }));
		if (!spec.panels.some(({ categories }) => categories.some(({ expected = 0 }) => expected > 0))) continue;
		const { plan: _, ...at } = place.params;
		slides.push({
			...told(`area-${element.code}`, `${element.code} ${element.title}`, spec, elementAddress(element, at)),
			kind: 'area',
			list: await offTrack(db, place, element.id)
		});
	}
	return slides;
}

export async function coverage(db: Reader, place: Place): Promise<Slide> {
	const spec = whole(await charts.spec(db, 'coverage', place.params));
	const counts = freshnesses.map((one) => ({
		label: freshnessLabel[one],
		of: (tally: Tally) => tally[one],
		filter: { freshness: one }
	}));
	return {
		...told('coverage', 'Who reported', spec, meetingHref(place, 'reported')),
		list: await byArea(db, place, counts, true)
	};
}

export async function timing(db: Reader, place: Place): Promise<Slide> {
	const spec = whole(await charts.spec(db, 'timing', place.params));
	const counts = timings.map((one) => ({
		label: timingLabel[one],
		of: (tally: Tally) => tally[one],
		filter: { timing: one }
	}));
	return {
		...told('timing', 'Whether it is on time', spec, meetingHref(place, 'timing')),
		list: await byArea(db, place, [
			...counts,
			{ label: 'Reported', of: fresh, filter: { freshness: 'fresh' } }
		])
	};
}

/** None where there is no round before to compare with. */
export async function movement(db: Reader, place: Place): Promise<Slide[]> {
	const { previous, params, at, meeting } = place;
	if (!previous) return [];
	const spec = await charts.spec(db, 'movement', params);
	const moved = await progress.movement(db, { ...at, from_id: previous.id, to_id: meeting.id });
	const href = address(`/meetings/${encodeURIComponent(meeting.id)}/changes`, {
		plan: params.plan,
		from: previous.id,
		basis: params.basis
	});
	return [
		{
			...told('movement', `What moved since ${say.meetingName(previous)}`, whole(spec), href),
			list: movedByArea(place, previous.id, moved.elements)
		}
	];
}

/** As many slides as its rows need. */
export async function matrix(db: Reader, place: Place): Promise<Slide[]> {
	const spec = await charts.spec(db, 'matrix', place.params);
	const pieces = pages(spec, rowsOfMatrix);
	return pieces.map((piece, i) => {
		const slide = told('matrix', 'Member by Member', piece, address('/matrix', place.params));
		if (pieces.length === 1) return slide;
		return {
			...slide,
			id: i === 0 ? 'matrix' : `matrix-${i + 1}`,
			title: `${slide.title}, ${i + 1} of ${pieces.length}`
		};
	});
}

function meetingHref({ meeting, params }: Place, part: string) {
	const { meeting: _, ...rest } = params;
	return `${address(`/meetings/${encodeURIComponent(meeting.id)}`, rest)}#${part}`;
}
