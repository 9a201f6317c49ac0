import { clean } from './clean.ts';
import { complaints, type ReportInput } from './schemas/report.ts';
import { rank, type Stage } from './stage.ts';
import { readDay } from './typed-day.ts';

/** What a form holds of one initiative: a text for each field. Those of `sets` have a line for each thing chosen. */
export const prose = ['progress_note', 'next_steps', 'support_needed', 'summary'] as const;
export const sets = ['milestones', 'serves'] as const;
export const words = [
	'change',
	'stage',
	'timing',
	'reason_code',
	'as_of',
	'source_url',
	'new_milestone',
	'new_milestone_due',
	'title',
	'starts_on',
	'target_on'
] as const;
export const fieldNames = [...words, ...prose, ...sets] as const;
export type FieldName = (typeof fieldNames)[number];
export type Fields = Record<FieldName, string>;

export const fieldLabel: Record<FieldName, string> = {
	change: 'What kind of report this is',
	stage: 'Stage',
	timing: 'Timing',
	reason_code: 'Reason',
	as_of: 'True on',
	source_url: 'Link',
	new_milestone: 'New milestone',
	new_milestone_due: 'New milestone, due',
	title: 'Title',
	starts_on: 'Starts',
	target_on: 'To be done by',
	progress_note: 'Progress',
	next_steps: 'Next steps',
	support_needed: 'Support needed',
	summary: 'What it is',
	milestones: 'Milestones reached',
	serves: 'What it serves'
};

export const blank = Object.fromEntries(fieldNames.map((name) => [name, ''])) as Fields;

/** Fields out of whatever was stored or sent, each cleaned; what is missing is empty. */
export function fieldsOf(given: Partial<Record<FieldName, string | string[]>>): Fields {
	const text = (name: FieldName) => {
		const value = given[name];
		if (isSet(name)) return sorted(Array.isArray(value) ? value : lines(value ?? ''));
		return clean(Array.isArray(value) ? value.join('\n') : (value ?? ''));
	};
	return Object.fromEntries(fieldNames.map((name) => [name, text(name)])) as Fields;
}

export const lines = (text: string) => text.split('\n').filter(Boolean);
const sorted = (all: string[]) =>
	[...new Set(all.map((one) => one.trim()).filter(Boolean))].sort().join('\n');
const isSet = (name: FieldName) => (sets as readonly string[]).includes(name);
const isProse = (name: FieldName) => (prose as readonly string[]).includes(name);

export type Conflict = { field: FieldName; theirs: string; mine: string; offer: string };

/**
 * Brings together what two people made of one form. A field that only one of them touched is taken from that one; things
 * chosen from a list are added and taken away by either. Where both wrote something else, theirs stays for now, and both are
 * handed back to be settled by a person, with an offer that holds every word of both.
 */
export function merge(base: Fields, theirs: Fields, mine: Fields): { fields: Fields; conflicts: Conflict[] } {
	const fields = { ...theirs };
	const conflicts: Conflict[] = [];
	for (const field of fieldNames) {
		const [was, other, own] = [base[field], theirs[field], mine[field]];
		if (own === other || own === was) continue;
		if (other === was) fields[field] = own;
		else if (isSet(field)) fields[field] = joined(was, other, own);
		else
			conflicts.push({ field, theirs: other, mine: own, offer: isProse(field) ? both(other, own) : other });
	}
	return { fields, conflicts };
}

function joined(was: string, theirs: string, mine: string) {
	const before = new Set(lines(was));
	const own = new Set(lines(mine));
	const added = [...own].filter((one) => !before.has(one));
	const kept = lines(theirs).filter((one) => own.has(one) || !before.has(one));
	return sorted([...kept, ...added]);
}

/** Two texts in one: the lines they begin and end with alike once, and between them first theirs, then mine. */
export function both(theirs: string, mine: string): string {
	const [a, b] = [theirs.split('\n'), mine.split('\n')];
	let head = 0;
	while (head < a.length && head < b.length && a[head] === b[head]) head++;
	let tail = 0;
	const most = Math.min(a.length, b.length) - head;
	while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
	const middle = (all: string[]) => all.slice(head, all.length - tail);
	return [...a.slice(0, head), ...middle(a), ...middle(b), ...a.slice(a.length - tail)].join('\n').trim();
}

/** Has anything been said? What an initiative serves stands in the form from the start. */
export function isEmpty(fields: Fields) {
	return fieldNames.every((name) => name === 'serves' || fields[name] === '');
}

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

/** Work of which it is worth knowing whether it is on time: on the ladder and not done. */
export function asksTiming(fields: Pick<Fields, 'stage' | 'change'>) {
	const place = fields.stage ? rank(fields.stage as Stage) : null;
	return fields.change === '' && place !== null && fields.stage !== 'implemented';
}

/** What a form still lacks before it can be submitted, field by field. */
export function problems(fields: Fields, { first, isNew }: { first: boolean; isNew: boolean }) {
	const place = { meeting_id: 'm', initiative_id: 'i', entity_id: 'e' };
	const found: Partial<Record<FieldName, string>> = complaints(reportOf(fields, place, first));
	if (fields.change === 'no_change' && first)
		found.change =
			'Nothing was reported on this before, so it can not be unchanged. Say where the work stands.';
	if (asksTiming(fields) && !fields.timing) found.timing = 'Choose whether it is on time.';
	if (fields.new_milestone_due && !fields.new_milestone)
		found.new_milestone = 'Say what is reached on that day.';
	if (fields.new_milestone.length > 500)
		found.new_milestone = 'Keep the name of a milestone under 500 characters.';
	if (isNew && fields.title === '') found.title = 'Give the initiative a title.';
	if (fields.title.length > 500)
		found.title = 'Keep the title under 500 characters; the rest can go into what it is.';
	for (const name of ['new_milestone_due', 'starts_on', 'target_on'] as const) {
		const read = fields[name] ? readDay(fields[name]) : undefined;
		if (read && 'sentence' in read) found[name] = read.sentence;
	}
	const [start, target] = [dayOf(fields.starts_on), dayOf(fields.target_on)];
	if (start && target && target < start) found.target_on ??= 'It can not be done before it starts.';
	return found;
}

/** A day as typed, or nothing. */
export function dayOf(typed: string): string | null {
	const read = typed ? readDay(typed) : undefined;
	return read && 'day' in read ? read.day : null;
}
