import type { Reader } from '#db/open.server.ts';
import type { Deck, Slide } from '#lib/charts/deck.ts';
import { meetingName, method } from '#lib/charts/sentence.ts';
import { BadInput } from '#lib/domain/errors.ts';
import { span } from '#lib/domain/dates.ts';
import * as chosen from './chosen.ts';
import * as charted from './deck/charted.ts';
import * as listed from './deck/listed.ts';
import { placed, type At } from './deck/place.ts';
import { spotlight as spotlightOf } from './deck/spotlight.ts';
import * as entities from './entities.ts';
import * as progress from './progress.ts';
import * as snapshots from './snapshots.ts';

export type { Deck, Slide, SlideKind, SlideList } from '#lib/charts/deck.ts';

/** The slides of a meeting, in the order they are usually told: the whole, its parts, what moved, what is asked of the meeting. */
export async function deck(now: Reader, at: At): Promise<Deck> {
	const db = await reading(now, at);
	const place = await placed(db, at);
	const { meeting, plan, basis } = place;
	const slides: Slide[] = [
		await charted.overview(db, place),
		...(await charted.areas(db, place)),
		await charted.coverage(db, place),
		...(await charted.movement(db, place)),
		await charted.timing(db, place),
		...(await charted.matrix(db, place)),
		await listed.attention(db, place),
		...(await listed.needs(db, place)),
		await listed.dates(db, place)
	];
	const { as_of, demonstration } = slides[0]!.spec!.provenance;
	return {
		title: `${plan.short_title} at ${place.name}`,
		subtitle: [
			meeting.title,
			span(meeting.starts_on, meeting.ends_on, meeting.date_precision),
			...(meeting.place ? [meeting.place] : [])
		].join(', '),
		meeting: {
			id: meeting.id,
			name: place.name,
			title: meeting.title,
			starts_on: meeting.starts_on,
			frozen_at: meeting.frozen_at
		},
		plan: { id: plan.id, short_title: plan.short_title, title: plan.title },
		basis,
		as_of,
		method,
		demonstration,
		slides
	};
}

/** One Member or body, for when the room asks. */
export async function spotlight(now: Reader, at: At & { entity_id: string }): Promise<Slide> {
	const db = await reading(now, at);
	return spotlightOf(db, await placed(db, at), await entities.get(db, at.entity_id));
}

/** A spotlight on everybody who was asked something under the plan up to the meeting, by name. */
export async function spotlights(now: Reader, at: At): Promise<Slide[]> {
	const db = await reading(now, at);
	const place = await placed(db, at);
	const asked = await progress.byEntity(db, {
		scope_id: place.plan.id,
		meeting_id: place.meeting.id,
		basis: place.basis
	});
	const found: Slide[] = [];
	for (const entity of await entities.list(db))
		if ((asked.get(entity.id)?.expected ?? 0) > 0) found.push(await spotlightOf(db, place, entity));
	return found;
}

const reading = (db: Reader, { meeting_id, basis = 'known' }: At) => snapshots.reading(db, meeting_id, basis);

/** What an address asks for: the meeting named in it, with the plan and basis chosen or the usual ones. */
export async function asked(db: Reader, meeting_id: string, params: URLSearchParams): Promise<At> {
	const meeting = await chosen.meeting(db, meeting_id);
	if (!meeting.round)
		throw new BadInput(
			`Nothing was reported for ${meetingName(meeting)}, because no day is set by which Members were to report. Choose a meeting that is a round.`
		);
	const { plan, basis } = await chosen.read(db, params, { meeting: meeting_id });
	if (!plan)
		throw new BadInput('There is no plan yet, so there is nothing to show. Import a data package first.');
	return { meeting_id, plan_id: plan.id, basis };
}
