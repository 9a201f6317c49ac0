import type { Reader } from '#db/open.server.ts';
import { may, type User } from '#lib/domain/access.ts';
import { isOpen, lastWord } from '#lib/domain/review.ts';
import { previousRound } from '../meetings.ts';
import { spoken, type Spoken } from './spoken.ts';
import * as words from './words.ts';

export const shows = ['new', 'queried', 'differs'] as const;
export type Show = (typeof shows)[number];
export type Asked = {
	meeting_id: string;
	entity_id?: string | undefined;
	element_id?: string | undefined;
	show: Show;
};

/** Meetings with answers to review, newest first: submitted, not settled yet, and not frozen. */
export function meetings(db: Reader) {
	return db
		.selectFrom('submission as s')
		.innerJoin('meeting as m', 'm.id', 's.meeting_id')
		.leftJoin('freeze as f', 'f.meeting_id', 'm.id')
		.select(['m.id', 'm.title', 'm.series', 'm.number', 'm.starts_on', 'm.due_on', 'f.frozen_at'])
		.select((eb) => eb.fn.countAll<number>().as('answers'))
		.where('s.state', '=', 'submitted')
		.where('f.meeting_id', 'is', null)
		.groupBy(['m.id', 'm.title', 'm.series', 'm.number', 'm.starts_on', 'm.due_on', 'f.frozen_at'])
		.orderBy('m.starts_on', 'desc')
		.orderBy('m.id')
		.execute();
}

/** What waits at a meeting for this reviewer: of submitted answers, what has no review yet, or what waits for the other side. */
export async function read(db: Reader, user: User, { meeting_id, entity_id, element_id, show }: Asked) {
	const all = await spoken(db, { meeting_id, states: ['submitted'] });
	const mine = all.filter((update) => may(user, 'review', update));
	const asked = mine.filter(
		(update) =>
			(entity_id === undefined || update.entity_id === entity_id) &&
			(element_id === undefined || update.scopes.includes(element_id))
	);
	const last = await lastWords(db, asked);
	const waiting = { new: [] as Spoken[], queried: [] as Spoken[], differs: [] as Spoken[] };
	for (const update of asked) {
		const word = last.get(update.id);
		if (!word) waiting.new.push(update);
		else if (word.verdict !== 'confirmed' && isOpen(word)) waiting[word.verdict].push(update);
	}
	return {
		counts: { new: waiting.new.length, queried: waiting.queried.length, differs: waiting.differs.length },
		updates: await withBefore(db, meeting_id, waiting[show]),
		entities: [...new Map(mine.map(({ entity_id, entity }) => [entity_id, entity]))].map(([id, name]) => ({
			id,
			name
		})),
		elements: await elements(db, [...new Set(mine.flatMap(({ scopes }) => scopes))])
	};
}

/** The plan elements among some scopes, by plan and code. */
async function elements(db: Reader, scopes: string[]) {
	if (scopes.length === 0) return [];
	return db
		.selectFrom('plan_element as e')
		.innerJoin('plan as p', 'p.id', 'e.plan_id')
		.select(['e.id', 'e.code', 'e.title', 'p.short_title as plan'])
		.where('e.id', 'in', scopes)
		.orderBy('p.short_title')
		.orderBy('e.code')
		.execute();
}

/** Adds how each stood in the round before. */
export async function withBefore<Row extends Pick<Spoken, 'initiative_id' | 'entity_id'>>(
	db: Reader,
	meeting_id: string,
	rows: Row[]
) {
	const round = await previousRound(db, meeting_id);
	const standings = await db
		.selectFrom('standing')
		.select(['initiative_id', 'entity_id', 'stage', 'timing'])
		.where('basis', '=', 'known')
		.where('meeting_id', '=', round?.id ?? '')
		.where('freshness', 'in', ['reported', 'confirmed'])
		.execute();
	const stood = new Map(
		standings.map(({ initiative_id, entity_id, ...then }) => [`${initiative_id} ${entity_id}`, then])
	);
	return rows.map((row) => ({ ...row, before: stood.get(`${row.initiative_id} ${row.entity_id}`) ?? null }));
}

export async function lastWords(db: Reader, updates: readonly Spoken[]) {
	const said = Map.groupBy(
		await words.of(
			db,
			updates.map(({ id }) => id)
		),
		({ update_id }) => update_id
	);
	return new Map([...said].map(([id, of]) => [id, lastWord(of)!]));
}
