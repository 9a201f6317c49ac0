import { day, moment } from './dates.ts';
import { label as stageLabel } from './stage.ts';
import { label as timingLabel, reasonLabel } from './timing.ts';
import { say } from './words.ts';

/** What was done, as it is said after a name: "Ana Tui *confirmed* status update …". What is not here is said as it is called. */
const done: Record<string, string> = {
	accept: 'accepted',
	add: 'added',
	agree: 'agreed with the reviewer on',
	arrange: 'changed the page of',
	attach: 'attached',
	begin: 'began',
	choose_mail: 'chose how much mail goes to',
	confirm: 'confirmed',
	describe: 'changed the name or time zone of',
	detach: 'took away',
	differ: 'saw differently',
	disable: 'disabled',
	draft: 'saved a draft of',
	draft_on_behalf: 'saved a draft, on behalf, of',
	enable: 'let in again',
	end_deputy: 'ended the time of a deputy of',
	end_grant: 'ended a role of',
	end_share: 'revoked',
	excuse: 'excused',
	expect: 'added to what is asked:',
	freeze: 'froze',
	grant: 'gave a role to',
	import: 'imported',
	issue: 'made',
	link: 'made a link to sign in for',
	make_calendar: 'made a calendar address for',
	map: 'said anew what it serves:',
	move_due: 'moved the due date of',
	name_deputy: 'named a deputy of',
	open_round: 'opened the round of',
	'order slides': 'put the slides in order:',
	part: 'left words for whoever follows:',
	plan: 'planned',
	query: 'queried',
	reach: 'reached',
	recognise: 'recognised, through their organisation,',
	record: 'recorded',
	record_addendum: 'recorded, as an addendum,',
	remind: 'reminded',
	remove: 'removed',
	'restore slides': 'put the slides back in their order:',
	'restore words': 'took back the words on',
	return: 'returned',
	revoke: 'revoked',
	revoke_calendar: 'revoked the calendar address of',
	say_ready: 'said that it is ready:',
	send_again: 'sent again',
	share: 'published',
	submit: 'submitted',
	submit_on_behalf: 'submitted, on behalf,',
	take_out: 'took out of what is asked:',
	unfreeze: 'undid the freeze of',
	'write words': 'wrote the words on'
};

export function didWhat(act: string) {
	return done[act] ?? `did “${act.replaceAll('_', ' ')}” to`;
}

/** Where the words after a name would not say enough alone, or say the same of two. */
const alone: Record<string, string> = {
	choose_mail: 'chose how much mail to get',
	end_share: 'revoked a published chart',
	issue: 'made a token',
	recognise: 'recognised through their organisation',
	revoke: 'revoked a token',
	share: 'published a chart'
};

/** What was done, without whom or what: “Opened the round”. */
export function actName(act: string) {
	const said = alone[act] ?? done[act]?.replace(/(,| of| to| for| on|:)+$/, '') ?? act.replaceAll('_', ' ');
	return said.charAt(0).toUpperCase() + said.slice(1);
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
	return /^[a-z]+(_[a-z0-9]+)+$/.test(text) ? say(text) : text;
}
