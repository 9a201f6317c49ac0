import type { Reader } from '#db/open.server.ts';
import { blank, fieldsOf, isEmpty, type Fields } from '#lib/domain/draft.ts';
import { BadInput, NotFound } from '#lib/domain/errors.ts';
import { canExist } from '#lib/domain/names.ts';
import { draftInput, fieldsFrom } from '#lib/domain/schemas/draft.ts';
import * as drafts from '#lib/server/drafts.ts';
import * as evidence from '#lib/server/evidence.ts';
import * as forms from '#lib/server/forms.ts';
import { served } from '#lib/server/initiatives/adjust.ts';
import { answerOf } from '../../answer.server.ts';

type Event = {
	locals: App.Locals;
	params: { meeting: string; initiative: string };
	url: URL;
};

/** The initiative an address is about, for an entity that reports on it: asked, taking part, or bringing it new. */
export async function placeOf(event: Event) {
	const found = await answerOf(event);
	const initiative_id = event.params.initiative;
	const place = { ...found.answer, initiative_id };
	const draft = canExist(initiative_id) ? await drafts.find(found.db, place) : undefined;
	const isNew = !(await exists(found.db, initiative_id));
	if (isNew ? !draft?.fields.title : !(draft || (await concerns(found.db, place))))
		throw new NotFound(`There is no initiative "${initiative_id}" to report on here.`);
	const serves = isNew ? '' : await served(found.db, initiative_id);
	return { ...found, place, draft, isNew, opening: { ...blank, serves } as Fields };
}

async function exists(db: Reader, id: string) {
	if (!canExist(id)) return false;
	return Boolean(await db.selectFrom('initiative').select('id').where('id', '=', id).executeTakeFirst());
}

async function concerns(db: Reader, { meeting_id, initiative_id, entity_id }: drafts.Place) {
	const row = await db
		.selectFrom('initiative_entity')
		.select('entity_id')
		.where('initiative_id', '=', initiative_id)
		.where('entity_id', '=', entity_id)
		.union(
			db
				.selectFrom('standing')
				.select('entity_id')
				.where('meeting_id', '=', meeting_id)
				.where('initiative_id', '=', initiative_id)
				.where('entity_id', '=', entity_id)
		)
		.union(
			db
				.selectFrom('expectation')
				.select('entity_id')
				.where('meeting_id', '=', meeting_id)
				.where('initiative_id', '=', initiative_id)
				.where('entity_id', '=', entity_id)
		)
		.executeTakeFirst();
	return row !== undefined;
}

export type Place = Awaited<ReturnType<typeof placeOf>>;

/** What the form holds when it is opened: the draft, or what was submitted for this meeting by another way since. */
export async function opened({ db, place, draft, opening }: Place) {
	const newest = await db
		.selectFrom('status_update')
		.selectAll()
		.where('meeting_id', '=', place.meeting_id)
		.where('initiative_id', '=', place.initiative_id)
		.where('entity_id', '=', place.entity_id)
		.orderBy('recorded_at', 'desc')
		.orderBy('id', 'desc')
		.executeTakeFirst();
	const version = draft?.version ?? 0;
	const overtaken = newest && (draft ? draft.update_id !== null && draft.update_id !== newest.id : true);
	if (!overtaken) return { version, fields: draft?.fields ?? opening, newest };
	const { change, ...said } = newest;
	const texts = Object.fromEntries(Object.entries(said).map(([name, value]) => [name, value ?? '']));
	const kind = change === 'ended' || change === 'no_change' ? change : '';
	// Where nothing has changed, stage and timing are those of last time and are not said again.
	const quiet = kind === 'no_change' ? { stage: '', timing: '', reason_code: '' } : {};
	return { version, fields: fieldsOf({ ...opening, ...texts, ...quiet, change: kind }), newest };
}

/** Reads the form and keeps everything in it: words, and files. Whatever is wrong is told after it was kept. */
export async function keep(request: Request, at: Place) {
	if (at.frozen && !at.mayAdd)
		throw new BadInput(
			`The figures of ${at.meeting.title} are frozen, so it takes no more reports. Write to the Vice-Chair's office: it can record an addendum.`
		);
	const form = await forms.read(request, draftInput);
	if (!form.ok)
		return {
			ok: false as const,
			status: 422,
			sent: form.values,
			errors: form.errors,
			conflicts: [],
			version: null
		};
	const fields = fieldsFrom(form.data);
	const saved = await drafts.save(at.db, at.actor, at.place, {
		version: Number(form.data.version),
		fields,
		opening: at.opening
	});
	const errors: forms.Errors = {};
	for (const file of form.files) {
		try {
			await evidence.attach(at.db, at.actor, at.place, file);
		} catch (error) {
			if (!(error instanceof BadInput)) throw error;
			errors.evidence = [errors.evidence, error.message].filter(Boolean).join(' ');
		}
	}
	const shown = { ...saved.fields };
	for (const { field, offer } of saved.conflicts) shown[field] = offer;
	const { conflicts, version } = saved;
	const refused = conflicts.length > 0 || Object.keys(errors).length > 0;
	if (refused)
		return {
			ok: false as const,
			status: conflicts.length > 0 ? 409 : 422,
			sent: shown,
			errors,
			conflicts,
			version
		};
	return { ok: true as const, saved, file: form.data.file };
}

/** Whether there is anything to submit in a draft. */
export const isPending = (draft: drafts.Draft | undefined) =>
	draft !== undefined && draft.update_id === null && !isEmpty(draft.fields);
