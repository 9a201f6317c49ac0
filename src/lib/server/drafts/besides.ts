import type { Reader } from '#db/open.server.ts';
import { lines } from '#lib/domain/draft.ts';
import { say } from '#lib/domain/words.ts';
import type { Draft } from '../drafts.ts';
import { served } from '../initiatives/adjust.ts';

/** What a draft would change of its initiative, in words: the milestones reached, and what it serves where that is not as it was. */
export async function besides(db: Reader, draft: Draft) {
	const ids = lines(draft.fields.milestones);
	const reached =
		ids.length === 0
			? []
			: await db
					.selectFrom('milestone')
					.select('title')
					.where('initiative_id', '=', draft.initiative_id)
					.where('id', 'in', ids)
					.orderBy('title')
					.execute();
	const { serves } = draft.fields;
	const isAsBefore = serves === (await served(db, draft.initiative_id));
	return {
		reached: reached.map(({ title }) => title),
		serves: isAsBefore ? null : await inWords(db, lines(serves))
	};
}

async function inWords(db: Reader, all: string[]) {
	if (all.length === 0) return [];
	const held = all.map(
		(line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const
	);
	const rows = await db
		.selectFrom('plan_element as e')
		.innerJoin('plan as p', 'p.id', 'e.plan_id')
		.select(['e.id', 'e.code', 'e.title', 'p.short_title'])
		.where(
			'e.id',
			'in',
			held.map(([, id]) => id)
		)
		.execute();
	const known = new Map(rows.map((row) => [row.id, `${row.short_title}: ${row.code} ${row.title}`]));
	return held.flatMap(([role, id]) => (known.has(id) ? [`${say(role)}: ${known.get(id)}`] : []));
}
