import { freshnesses, type Freshness } from '#lib/domain/freshness.ts';
import { cell, size, type Came, type Picture, type Place } from '#lib/domain/replay.ts';
import { label as stageLabel, ladder, offLadder } from '#lib/domain/stage.ts';
import { grouped } from './matrix.ts';
import * as say from './sentence.ts';

/** What a replay shows at one meeting: sent for all meetings at once, so that a step asks nothing of anybody. */
export type Frame<Shown> = {
	key: string;
	/** "RCP-33" and "Nov 2023". */
	name: string;
	when: string;
	/** What happened, as a presenter would say it. */
	words: string;
	shown: Shown;
};

/** The places a replay has, in order: not heard of yet, the ladder, off it. */
export const places = ['unknown', ...ladder, 'off'] as const;
export type PlaceName = (typeof places)[number];

export const placeLabel: Record<PlaceName, string> = {
	unknown: 'Not heard of yet',
	...stageLabel,
	off: 'Off the ladder'
};

/** How many stand at one place: fresh, confirmed, carried and missing, and how many came up or down to it. */
export type Standing = Record<Freshness | 'up' | 'down', number>;

export type StagesReplay = {
	kind: 'stages';
	places: PlaceName[];
	rows: { key: string; label: string; href: string; whole: boolean }[];
	/** By row and place; null where nobody stands. */
	frames: Frame<(Standing | null)[][]>[];
	/** The most that ever stand at one place: of the whole, and of its parts. */
	top: { whole: number; parts: number };
};

type Row = { key: string; label: string; href: string; whole: boolean; pictures: readonly Picture[] };

/** How many initiatives stand at each stage, meeting by meeting: the whole and its parts. */
export function stagesReplay(meetings: readonly say.MeetingRef[], rows: readonly Row[]): StagesReplay {
	const stood = rows.map(({ pictures }) => pictures.map(standings));
	const shown = places.filter((_, p) => stood.some((row) => row.some((of) => of[p])));
	const used = places.map((_, p) => shown.includes(places[p]!));
	const whole = rows.find((row) => row.whole);
	const most = (which: boolean) =>
		Math.max(
			1,
			...rows.flatMap((row, r) =>
				row.whole === which ? stood[r]!.flatMap((of) => of.map((one) => (one ? total(one) : 0))) : []
			)
		);
	return {
		kind: 'stages',
		places: shown,
		rows: rows.map(({ pictures: _, ...row }) => row),
		frames: meetings.map((meeting, m) => ({
			...named(meeting),
			words: words(whole?.pictures[m] ?? {}, say.meetingName(meeting), m === 0),
			shown: stood.map((row) => row[m]!.filter((_, p) => used[p]))
		})),
		top: { whole: most(true), parts: most(false) }
	};
}

const total = (one: Standing) => freshnesses.reduce((n, freshness) => n + one[freshness], 0);

function standings(picture: Picture): (Standing | null)[] {
	return places.map((place) => {
		const stands = (place === 'off' ? offLadder : [place]).flatMap((one) => picture[one] ?? []);
		if (stands.every((stand) => size(stand) === 0)) return null;
		const sum = (what: keyof Standing) => stands.reduce((n, stand) => n + stand[what], 0);
		return {
			reported: sum('reported'),
			confirmed: sum('confirmed'),
			carried: sum('carried'),
			missing: sum('missing'),
			up: sum('up'),
			down: sum('down')
		};
	});
}

export type MatrixReplay = {
	kind: 'matrix';
	columns: { key: string; label: string; title: string; href: string }[];
	groups: { title: string; rows: { key: string; label: string; href: string }[] }[];
	/** By row, over all groups, and column; null where nothing is asked. */
	frames: Frame<(Cell | null)[][]>[];
};

/** A cell in short: its place on the ladder, how fresh it is, how it came there, and how many reported of how many. */
export type Cell = { place: PlaceName; look: Freshness; came: Came | null; fresh: number; expected: number };

type Asked = {
	entity: { id: string; name: string; kind: string; subregion: string | null };
	/** For each column, the pictures of each meeting. */
	columns: readonly (readonly Picture[])[];
};

/** Where each Member stands on each part of the plan, meeting by meeting. */
export function matrixReplay(
	meetings: readonly say.MeetingRef[],
	columns: MatrixReplay['columns'],
	rows: readonly Asked[],
	whole: readonly Picture[],
	from: number
): MatrixReplay {
	const groups = grouped(rows);
	const cells = groups.flatMap((group) =>
		group.rows.map((row) =>
			// The whole history decides where a cell stands; only the meetings shown are sent.
			row.columns.map((pictures) => cell(pictures.map(shownOnly)).slice(from).map(short))
		)
	);
	return {
		kind: 'matrix',
		columns: [...columns],
		groups: groups.map(({ title, rows }) => ({
			title,
			rows: rows.map(({ entity }) => ({
				key: entity.id,
				label: entity.name,
				href: `/members/${encodeURIComponent(entity.id)}`
			}))
		})),
		frames: meetings.map((meeting, m) => ({
			...named(meeting),
			words:
				`${words(whole[from + m] ?? {}, say.meetingName(meeting), m === 0)} ${cellWords(cells, m)}`.trim(),
			shown: cells.map((row) => row.map((column) => column[m] ?? null))
		}))
	};
}

const shownOnly = (picture: Picture) => (Object.keys(picture).length > 0 ? picture : undefined);

function short(one: ReturnType<typeof cell>[number]): Cell | null {
	return one && { ...one, place: placeName(one.place) };
}

function placeName(place: Place): PlaceName {
	return (offLadder as readonly string[]).includes(place) ? 'off' : (place as PlaceName);
}

function cellWords(cells: readonly (readonly (Cell | null)[][])[], m: number) {
	const here = cells.flat().map((column) => column[m]);
	const moved = here.filter((one) => one?.came === 'up' || one?.came === 'down').length;
	return `${say.capital(say.some(moved, { one: 'cell', many: 'cells' }))} of the matrix moved.`;
}

function named(meeting: say.MeetingRef) {
	return { key: meeting.id, name: say.meetingName(meeting), when: say.monthOf(meeting.starts_on) };
}

/** "RCP-33: 12 moved up, 3 moved down, 5 were heard of for the first time; 20 stood still without a report." */
function words(picture: Picture, meeting: string, begins: boolean) {
	const stands = Object.values(picture);
	const sum = (what: Freshness | Came) => stands.reduce((n, stand) => n + stand[what], 0);
	if (stands.length === 0) return `${meeting}: nothing was expected.`;
	const silent = sum('carried') + sum('missing');
	const still = `${say.number(silent)} stood still without a report`;
	if (begins)
		return `${meeting}: ${say.some(sum('reported') + sum('confirmed'))} reported on; ${say.number(silent)} without a report.`;
	return `${meeting}: ${say.number(sum('up'))} moved up, ${say.number(sum('down'))} moved down, ${say.number(sum('first'))} heard of for the first time; ${still}.`;
}
