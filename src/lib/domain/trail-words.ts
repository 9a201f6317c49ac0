import { day, moment } from './dates.ts';
import { label as stageLabel } from './stage.ts';
import { label as timingLabel, reasonLabel } from './timing.ts';
import { say } from './words.ts';

/** What was done, as it is said after a name: "Ana Tui *confirmed* status update …". What is not here is said as it is called. */
const done: Record<string, string> = {
	accept: 'accepted',
	add: 'added',
	agree: 'agreed with the reviewer on',
	attach: 'attached',
	confirm: 'confirmed',
	detach: 'took away',
	differ: 'saw differently',
	disable: 'disabled',
	draft: 'saved a draft of',
	draft_on_behalf: 'saved a draft, on behalf, of',
	end_grant: 'ended a role of',
	excuse: 'excused',
	expect: 'added to what is asked:',
	freeze: 'froze',
	grant: 'gave a role to',
	import: 'imported',
	map: 'said anew what it serves:',
	move_due: 'moved the due date of',
	open_round: 'opened the round of',
	query: 'queried',
	reach: 'reached',
	part: 'left words for whoever follows:',
	record: 'recorded',
	record_addendum: 'recorded, as an addendum,',
	remind: 'reminded',
	return: 'returned',
	say_ready: 'said that it is ready:',
	submit: 'submitted',
	submit_on_behalf: 'submitted, on behalf,',
	take_out: 'took out of what is asked:',
	unfreeze: 'undid the freeze of'
};

export function didWhat(act: string) {
	return done[act] ?? `did “${act.replaceAll('_', ' ')}” to`;
}

export type Change = { field: string; from: string | null; to: string | null };

/** What a line says of before and after, field by field: only what is not the same in both. */
export function changed(before: string | null, after: string | null): Change[] {
	const [was, is] = [fields(before), fields(after)];
	return [...new Set([...Object.keys(was), ...Object.keys(is)])]
		.map((name) => ({ field: say(name.replace(/_id$/, '')), from: words(was[name]), to: words(is[name]) }))
		.filter(({ from, to }) => from !== to);
}

/** The fields of what was kept; a bare value is called by what it is. */
function fields(json: string | null): Record<string, unknown> {
	if (json === null) return {};
	const value: unknown = JSON.parse(json);
	const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
	return isRecord ? (value as Record<string, unknown>) : { value };
}

const known: Record<string, string> = { ...stageLabel, ...timingLabel, ...reasonLabel };

function words(value: unknown): string | null {
	if (value === null || value === undefined || value === '') return null;
	if (typeof value === 'boolean') return value ? 'yes' : 'no';
	if (Array.isArray(value)) return value.map((one) => words(one) ?? 'nothing').join(', ') || null;
	if (typeof value === 'object')
		return Object.entries(value)
			.map(([name, one]) => `${say(name).toLowerCase()} ${words(one) ?? 'nothing'}`)
			.join(', ');
	const text = String(value);
	if (Object.hasOwn(known, text)) return known[text]!;
	if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return moment(text);
	if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text);
	return /^[a-z]+(_[a-z]+)+$/.test(text) ? say(text) : text;
}
