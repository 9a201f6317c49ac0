import { asksTiming } from './asks-timing.ts';
import { fieldNames, newMilestones, type FieldName, type Fields } from './draft.ts';
import { complaints, type ReportInput } from './schemas/report.ts';
import { readDay } from './typed-day.ts';

type Place = { meeting_id: string; initiative_id: string; entity_id: string };

/** The report a form amounts to. `first` where nobody has reported on it before. */
export function reportOf(fields: Fields, place: Place, first: boolean): ReportInput {
	const said = <T extends string>(text: string) => (text || null) as T | null;
	const late = fields.timing === 'at_risk' || fields.timing === 'off_track';
	const kind = fields.change || (first ? 'new' : 'changed');
	return {
		...place,
		change: kind as ReportInput['change'],
		stage: said(fields.stage),
		timing: said(fields.timing),
		reason_code: late ? said(fields.reason_code) : null,
		progress_note: fields.progress_note,
		next_steps: fields.next_steps,
		support_needed: fields.support_needed,
		as_of: fields.as_of,
		source_url: fields.source_url
	};
}

/** What a form still lacks before it can be submitted, field by field from its top. */
export function problems(fields: Fields, { first, isNew }: { first: boolean; isNew: boolean }) {
	const place = { meeting_id: 'm', initiative_id: 'i', entity_id: 'e' };
	const found: Partial<Record<FieldName, string>> = complaints(reportOf(fields, place, first));
	if (fields.change === 'no_change' && first)
		found.change =
			'Nothing was reported on this before, so it can not be unchanged. Say where the work stands.';
	if (asksTiming(fields) && !fields.timing) found.timing = 'Choose whether it is on time.';
	for (const [name, due] of newMilestones) {
		if (fields[due] && !fields[name]) found[name] = 'Say what is reached on that day.';
		if (fields[name].length > 500) found[name] = 'Keep the name of a milestone under 500 characters.';
	}
	if (isNew && fields.title === '') found.title = 'Give the initiative a title.';
	if (fields.title.length > 500)
		found.title = 'Keep the title under 500 characters; the rest can go into what it is.';
	for (const name of [...newMilestones.map(([, due]) => due), 'starts_on', 'target_on'] as const) {
		const read = fields[name] ? readDay(fields[name]) : undefined;
		if (read && 'sentence' in read) found[name] = read.sentence;
	}
	const [start, target] = [dayOf(fields.starts_on), dayOf(fields.target_on)];
	if (start && target && target < start) found.target_on ??= 'It can not be done before it starts.';
	return Object.fromEntries(
		fieldNames.filter((name) => found[name]).map((name) => [name, found[name]])
	) as Partial<Record<FieldName, string>>;
}

/** A day as typed, or nothing. */
export function dayOf(typed: string): string | null {
	const read = typed ? readDay(typed) : undefined;
	return read && 'day' in read ? read.day : null;
}
