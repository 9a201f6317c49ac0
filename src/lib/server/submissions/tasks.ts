import type { Reader } from '#db/open.server.ts';
import type { Side } from '#db/schema.ts';
import { meetingName } from '#lib/charts/sentence.ts';
import { problems } from '#lib/domain/draft-check.ts';
import { isEmpty } from '#lib/domain/draft.ts';
import type { Stage } from '#lib/domain/stage.ts';
import { isUnsent, type AnswerState } from '#lib/domain/submission.ts';
import { byName } from '#lib/domain/text.ts';
import * as drafts from '../drafts.ts';
import { inRound } from '../rounds/asked.ts';
import { said } from '../updates/record.ts';

export type Answer = { meeting_id: string; entity_id: string; side: Side };

/** How far an entity is with one initiative: `ready` waits to be submitted, `begun` still lacks something. */
export const progresses = ['todo', 'begun', 'ready', 'returned', 'done'] as const;
export type TaskState = (typeof progresses)[number];

export type Task = {
	initiative_id: string;
	title: string;
	state: TaskState;
	/** Asked for in this round; others are volunteered. */
	asked: boolean;
	isNew: boolean;
	/** What was said for a meeting before this one. */
	last: { id: string; stage: Stage; meeting: string } | null;
	/** What was submitted for this one. */
	now: { id: string; stage: Stage; change: string } | null;
	draft: drafts.Draft | null;
	lacks: Record<string, string>;
};

/** The state of an entity's answer as it stands. */
export async function stateOf(db: Reader, { meeting_id, entity_id }: Omit<Answer, 'side'>) {
	const row = await db
		.selectFrom('submission')
		.selectAll()
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.executeTakeFirst();
	return { state: (row?.state ?? 'none') as AnswerState, submission: row };
}

/** Everything an entity has to say something of in a round, by title, with how far that is. */
export async function tasks(db: Reader, answer: Answer): Promise<Task[]> {
	const { meeting_id, entity_id } = answer;
	const asked = new Set((await inRound(db, meeting_id, entity_id)).map(({ initiative_id }) => initiative_id));
	const pending = new Map((await drafts.list(db, answer)).map((draft) => [draft.initiative_id, draft]));
	const now = new Map<string, Task['now'] & object>();
	const last = new Map<string, Task['last'] & object>();
	const here = await db
		.selectFrom('meeting')
		.select(['due_on', 'starts_on'])
		.where('id', '=', meeting_id)
		.executeTakeFirstOrThrow();
	const day = here.due_on ?? here.starts_on;
	for (const row of await said(db, entity_id).execute()) {
		if (row.meeting_id === meeting_id) {
			if (!now.has(row.initiative_id)) now.set(row.initiative_id, row);
		} else if ((row.due_on ?? row.starts_on) < day && !last.has(row.initiative_id))
			last.set(row.initiative_id, {
				id: row.id,
				stage: row.stage,
				meeting: meetingName({ ...row, title: row.meeting })
			});
	}
	const { state } = await stateOf(db, answer);
	// What was returned, or waits to be submitted, does not speak, and still is what there is.
	if (state === 'returned' || state === 'draft')
		for (const row of await unspoken(db, answer)) now.set(row.initiative_id, row);

	const ids = [...new Set([...asked, ...pending.keys(), ...now.keys()])];
	const titles = await titlesOf(db, ids);
	return ids
		.map((initiative_id): Task => {
			const draft = pending.get(initiative_id) ?? null;
			const isNew = !titles.has(initiative_id);
			const known = last.get(initiative_id) ?? null;
			const open = draft && draft.update_id === null && !isEmpty(draft.fields) ? draft : null;
			const lacks = open ? problems(open.fields, { first: known === null, isNew }) : {};
			const told = now.get(initiative_id) ?? null;
			return {
				initiative_id,
				title: titles.get(initiative_id) ?? (draft?.fields.title || 'A new initiative'),
				state: open ? (Object.keys(lacks).length > 0 ? 'begun' : 'ready') : told ? spoken(state) : 'todo',
				asked: asked.has(initiative_id),
				isNew,
				last: known,
				now: told && { id: told.id, stage: told.stage, change: told.change },
				draft: open,
				lacks
			};
		})
		.filter((task) => task.asked || task.draft || task.now)
		.sort((a, b) => byName({ name: a.title }, { name: b.title }));
}

/** How far that is of which there is a status update: one that a program sent waits for the answer to be submitted. */
function spoken(state: AnswerState): TaskState {
	if (state === 'returned') return 'returned';
	return isUnsent(state) ? 'ready' : 'done';
}

function unspoken(db: Reader, { meeting_id, entity_id }: Answer) {
	return db
		.selectFrom('status_update')
		.select(['id', 'initiative_id', 'stage', 'change'])
		.where('meeting_id', '=', meeting_id)
		.where('entity_id', '=', entity_id)
		.orderBy('recorded_at')
		.orderBy('id')
		.execute();
}

async function titlesOf(db: Reader, ids: string[]) {
	if (ids.length === 0) return new Map<string, string>();
	const rows = await db.selectFrom('initiative').select(['id', 'title']).where('id', 'in', ids).execute();
	return new Map(rows.map(({ id, title }) => [id, title]));
}
