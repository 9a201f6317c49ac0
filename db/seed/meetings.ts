import { plusDays } from './days.ts';
import type { Facts, MeetingFact } from './facts.ts';
import type { Row } from './tables.ts';

/**
 * The meetings that get a round of reporting. No public source gives opening and due dates: eight weeks and two weeks
 * before the meeting are our assumption, made because no status can be shown without a round.
 */
export const rounds = ['rcp-31', 'rhca-23', 'rcp-32', 'rhca-24', 'rcp-33', 'rhca-25'];
const opens = -56;
const due = -14;

/** The sources place the 33rd meeting between June 2023 and February 2024; these meetings are usually held about November. */
const guessed: Record<string, string> = { 'rcp-33': '2023-11-01' };

/** Hosts are named in prose; the first match counts. */
const hosts: [RegExp, string][] = [
	[/^Fiji/, 'FJI'],
	[/^India/, 'IND'],
	[/^Indonesia/, 'IDN'],
	[/^Australia/, 'AUS'],
	[/^Hong Kong, China/, 'HKG'],
	[/^RILO A\/P/, 'rilo-ap'],
	[/^ROCB A\/P/, 'rocb-ap'],
	[/^Vice-Chair/, 'vco-ap'],
	[/^WCO/, 'wco-sec']
];
const host = (name: string) => hosts.find(([start]) => start.test(name))?.[1] ?? null;

export function meetings({ meetings }: Facts): Row[] {
	return meetings.map((meeting) => {
		const starts_on = meeting.date_start ?? guessed[meeting.id];
		if (!starts_on) throw new Error(`Meeting ${meeting.id} has no date`);
		const round = rounds.includes(meeting.id);
		return {
			id: meeting.id,
			series: meeting.kind === 'RCP' || meeting.kind === 'RHCA' ? meeting.kind : 'other',
			number: meeting.number,
			title: meeting.date_start ? meeting.title : `${meeting.title} (date not found)`,
			starts_on,
			ends_on: meeting.date_end,
			date_precision: meeting.date_start ? meeting.date_precision : 'inferred',
			place: meeting.city,
			country: meeting.country,
			host: host(meeting.host),
			mode: mode(meeting),
			joint_with: meeting.joint_with,
			opens_on: round ? plusDays(starts_on, opens) : null,
			due_on: round ? plusDays(starts_on, due) : null,
			source_url: meeting.source_urls[0] ?? null,
			certainty: meeting.date_start ? meeting.certainty : 'inferred'
		};
	});
}

function mode({ mode, mode_certainty }: MeetingFact) {
	return mode && mode_certainty === 'inferred' ? `${mode} (inferred)` : mode;
}

/** Sources that disagree are all kept, each with its address. */
export function attendance({ meetings }: Facts): Row[] {
	return meetings.flatMap(({ id, attendance }) =>
		attendance.map(({ count, unit, mode, qualifier, source_url }) => ({
			meeting: id,
			count,
			unit,
			mode,
			qualifier,
			source_url
		}))
	);
}
