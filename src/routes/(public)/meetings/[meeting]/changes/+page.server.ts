import type { Reader } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { noted, type Noted } from '#lib/domain/movement.ts';
import { fill } from '#lib/domain/wording.ts';
import { spec } from '#lib/server/charts.ts';
import * as asked from '#lib/server/changes/compared.ts';
import { filter, tell, type Compared } from '#lib/server/changes/told.ts';
import * as initiatives from '#lib/server/initiatives.ts';
import type { PageServerLoad } from './$types';

/** What a reader asks for first, first. What stayed the same is only counted. */
const listed = noted.filter((how): how is Exclude<Noted, 'same'> => how !== 'same');
const most = 60;

export const load = (async ({ locals: { db, user }, params, url }) => {
	const { compared, reader, ...found } = await asked.read(db, params.meeting, url);
	return { ...found, changes: compared ? await changes(db, reader, compared, user) : null };
}) satisfies PageServerLoad;

/**
 * The office's own words are kept beside the figures; everything else is read where those are. Who wrote them is for whoever
 * may read who changed what.
 */
async function changes(db: Reader, reader: Reader, compared: Compared, user: User | undefined) {
	const { changed, figures, own, written } = await tell(db, compared);
	const asked = filter(compared);
	const lists = [];
	for (const moved of listed) {
		const { rows, total } = await initiatives.top(
			reader,
			{ ...(asked as { basis?: 'presented' }), moved },
			{ limit: most }
		);
		lists.push({ moved, rows, total });
	}
	return {
		asked,
		chart: await spec(reader, 'movement', asked),
		text: fill(own?.words ?? written, figures),
		own: own?.words
			? { by: may(user, 'read_trail', {}) ? own.written_by_name : null, at: own.written_at }
			: null,
		...changed,
		renewal: changed.renewal && {
			from: changed.renewal.from.short_title,
			to: changed.renewal.to.short_title
		},
		lists
	};
}
