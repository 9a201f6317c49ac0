import { attainment, mayShowShare } from '#lib/domain/progress.ts';
import { empty, fresh, type Tally } from '#lib/domain/tally.ts';
import {
	capital,
	dayOf,
	meetingName,
	monthOf,
	nOfN,
	number,
	type MeetingRef,
	type Unit
} from './sentence.ts';
import { provenance, type Setting } from './setting.ts';
import type { BarsSpec, Category, Filter, Panel, Question, Series } from './spec.ts';

export type RoundRow = { meeting: MeetingRef; tally: Tally };

/** More columns than this are not readable; the table of a longer line would not be either. */
const most = 12;

/** The rounds worth drawing: from the first in which anything was expected, and of those the latest twelve. */
export function drawn(rows: readonly RoundRow[]) {
	const first = rows.findIndex(({ tally }) => tally.expected > 0);
	return rows.slice(Math.max(first, 0)).slice(-most);
}

/** The last round of a line, which its title speaks of. Null where there is none. */
function latest(rows: readonly RoundRow[]) {
	const row = rows.at(-1);
	return row
		? { name: meetingName(row.meeting), tally: row.tally, id: row.meeting.id }
		: { name: 'no meeting', tally: empty(), id: '' };
}

export type PanelInput = {
	key: string;
	title: string;
	href?: string;
	filter?: Filter;
	rows: readonly RoundRow[];
};

type Asked = {
	question: Question;
	series: Series[];
	unit: Unit;
	/** Said of the unit: "by stage". */
	measure: string;
	value: (tally: Tally, key: string) => number;
	title: (tally: Tally, meeting: string) => string;
	notes?: (tally: Tally, meeting: string) => string[];
};

/** A chart of columns over rounds: the whole first, then one panel for each part. Rounds come in order. */
export function columns(
	asked: Asked,
	whole: readonly RoundRow[],
	parts: readonly PanelInput[],
	setting: Setting
): BarsSpec {
	const rows = drawn(whole);
	const shown = new Set(rows.map(({ meeting }) => meeting.id));
	const small = parts.map((part) => ({
		...part,
		rows: part.rows.filter(({ meeting }) => shown.has(meeting.id))
	}));
	const { name, tally } = latest(rows);
	const { question, series, unit, measure, value, title } = asked;
	return {
		kind: 'bars',
		question,
		orientation: 'vertical',
		stacked: true,
		unit,
		over: 'Meeting',
		params: setting.params,
		title: title(tally, name),
		subtitle: subtitle(`${capital(unit.many)} of ${setting.of} ${measure}`, rows),
		series,
		panels: [
			{ ...panel({ key: 'whole', title: setting.of, rows }, series, value, setting.filter), whole: true },
			...small.map((part) => ({
				...panel(part, series, value, setting.filter),
				words: title(latest(part.rows).tally, name)
			}))
		],
		provenance: provenance(setting, tally),
		notes: [...notes(rows, whole, unit), ...(asked.notes?.(tally, name) ?? [])]
	};
}

/** One slice over its rounds, stacked so that each column reaches what was expected. */
function panel(input: PanelInput, series: readonly Series[], value: Asked['value'], filter: Filter): Panel {
	const { key, title, href, rows } = input;
	return {
		key,
		title,
		...(href && { href }),
		filter: { ...filter, ...input.filter },
		categories: rows.map(category),
		values: series.map((one) => rows.map(({ tally }) => (tally.expected > 0 ? value(tally, one.key) : null))),
		breaks: breaks(rows)
	};
}

function category({ meeting, tally }: RoundRow): Category {
	const name = meetingName(meeting);
	return {
		key: meeting.id,
		label: name,
		...(name !== meeting.title && { detail: meeting.title }),
		date: meeting.starts_on,
		expected: tally.expected,
		fresh: fresh(tally),
		href: `/meetings/${encodeURIComponent(meeting.id)}`,
		filter: { meeting: meeting.id }
	};
}

function breaks(rows: readonly RoundRow[]): Panel['breaks'] {
	return rows.flatMap(({ tally: { expected: to } }, i) => {
		const from = rows[i - 1]?.tally.expected ?? 0;
		if (i === 0 || from === to) return [];
		return [{ before: i, from, to, text: `${number(from)} → ${number(to)} expected` }];
	});
}

/** The counts of implemented that silence leaves open. */
export function bounds(rows: readonly RoundRow[]) {
	return rows.map(({ tally }) => {
		const { implemented } = attainment(tally);
		return { low: implemented, high: implemented + tally.carried + tally.missing };
	});
}

/** "RCP-31 (Nov 2021) to RCP-32 (Nov 2022)". */
function span(rows: readonly RoundRow[]) {
	const [first, last] = [rows[0], rows.at(-1)];
	if (!first || !last) return '';
	if (first === last) return `${meetingName(last.meeting)}, ${dayOf(last.meeting.starts_on)}`;
	return `${meetingName(first.meeting)} (${monthOf(first.meeting.starts_on)}) to ${meetingName(last.meeting)} (${monthOf(last.meeting.starts_on)})`;
}

/** Measure, rounds, n of N. */
function subtitle(measure: string, rows: readonly RoundRow[]) {
	const { name, tally } = latest(rows);
	return [measure, span(rows), `${name}: ${nOfN(tally)}`].filter(Boolean).join(' · ');
}

/** What every chart over rounds says of its columns. */
function notes(rows: readonly RoundRow[], all: readonly RoundRow[], unit: Unit) {
	const thin = rows
		.filter(({ tally }) => tally.expected > 0 && !mayShowShare(tally))
		.map(({ meeting }) => meetingName(meeting));
	return [
		`Each column reaches the number of ${unit.many} expected. Solid: reported or confirmed for that meeting. Hatched: carried forward from the meeting before. Outlined: no report.`,
		...(breaks(rows).length > 0
			? [
					'A dotted line marks where the number expected changed; columns on either side have different totals.'
				]
			: []),
		...(thin.length > 0
			? [
					`No percentages for ${thin.join(', ')}: less than two thirds was reported there, or fewer than ten were expected.`
				]
			: []),
		...(all.length > most && rows.length === most ? [`The latest ${most} rounds are shown.`] : [])
	];
}
