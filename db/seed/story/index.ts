import type { Cover } from '#lib/domain/package/descriptor.ts';
import type { Reference } from '../reference.ts';
import type { Rows } from '../tables.ts';
import { cast } from './cast.ts';
import { indicators, observations } from './indicators.ts';
import { milestones } from './milestones.ts';
import { reviews } from './reviews.ts';
import { answers, rounds, submissions } from './rounds.ts';
import { updates } from './updates.ts';
import { rows, works } from './works.ts';

/**
 * Made-up reports for the rounds of the reference data. They speak only of made-up initiatives: of a real one we say
 * nothing but what a public source says.
 */
export function demonstration({ memberships, meetings, submissions: recorded }: Reference) {
	const parts = cast(memberships);
	const items = works(parts);
	const asking = rounds(meetings);
	const taken = new Set(recorded.map(({ meeting, entity }) => `${meeting} ${entity}`));
	const isTaken = (meeting: string, entity: string) => taken.has(`${meeting} ${entity}`);
	const given = answers(parts, asking, isTaken);
	const made = items.flatMap((item) =>
		item.asked.flatMap((entity) =>
			updates(
				item,
				entity,
				given.filter((answer) => answer.entity === entity)
			)
		)
	);
	return {
		...rows(items),
		milestones: milestones(items, made),
		submissions: submissions(given),
		status_updates: made,
		reviews: reviews(made),
		indicators,
		observations: observations(parts, given, asking)
	} satisfies Rows;
}

export const about: Cover = {
	name: 'waymark-asia-pacific-demonstration',
	title: 'Demonstration reports for the Asia/Pacific region',
	description:
		'Made up, drawn by lot and the same each time it is built. Nothing here was reported by a Member or says anything ' +
		'about one. Import it after the reference data, and never where real reports are kept.',
	layer: 'demonstration',
	sources: [{ title: 'Made up for Waymark; no source' }]
};
