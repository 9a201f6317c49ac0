import { clean } from './clean.ts';

/** What a form holds of one initiative: a text for each field. Those of `sets` have a line for each thing chosen. */
export const prose = ['progress_note', 'next_steps', 'support_needed', 'summary'] as const;
export const sets = ['milestones', 'serves'] as const;
/** New milestones, each with its day: as many as anybody sets at once. */
export const newMilestones = [
	['new_milestone', 'new_milestone_due'],
	['new_milestone_2', 'new_milestone_2_due'],
	['new_milestone_3', 'new_milestone_3_due'],
	['new_milestone_4', 'new_milestone_4_due'],
	['new_milestone_5', 'new_milestone_5_due']
] as const;
/** In the order they stand in on the form. */
export const fieldNames = [
	'title',
	'summary',
	'starts_on',
	'target_on',
	'change',
	'stage',
	'timing',
	'reason_code',
	'progress_note',
	'next_steps',
	'support_needed',
	'milestones',
	...newMilestones.flat(),
	'source_url',
	'serves',
	'as_of'
] as const;
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
	new_milestone_2: 'Second new milestone',
	new_milestone_2_due: 'Second new milestone, due',
	new_milestone_3: 'Third new milestone',
	new_milestone_3_due: 'Third new milestone, due',
	new_milestone_4: 'Fourth new milestone',
	new_milestone_4_due: 'Fourth new milestone, due',
	new_milestone_5: 'Fifth new milestone',
	new_milestone_5_due: 'Fifth new milestone, due',
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
