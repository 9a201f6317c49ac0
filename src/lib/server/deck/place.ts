import type { Reader } from '#db/open.server.ts';
import type { Basis } from '#db/schema.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { mainLayer } from '#lib/domain/layer.ts';
import * as meetings from '../meetings.ts';
import * as plans from '../plans.ts';

export type At = { meeting_id: string; plan_id: string; basis?: Basis };
export type Place = Awaited<ReturnType<typeof placed>>;

/** Where a deck stands: the rows that its names mean, and what every chart and list of it asks for. */
export async function placed(db: Reader, { meeting_id, plan_id, basis = 'known' }: At) {
	const meeting = await meetings.get(db, meeting_id);
	const plan = await plans.get(db, plan_id);
	const previous = await meetings.previousRound(db, meeting_id);
	return {
		meeting,
		plan,
		basis,
		previous,
		name: meetingName(meeting),
		areas: mainLayer(await plans.elements(db, plan_id)),
		/** As addresses say it. */
		params: { plan: plan_id, meeting: meeting_id, ...(basis === 'presented' && { basis }) } as Record<
			string,
			string
		>,
		/** As queries take it. */
		at: { plan_id, meeting_id, basis }
	};
}
