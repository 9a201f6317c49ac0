/**
 * The canonical form of a snapshot: lines of JSON in UTF-8, each ended by a line feed. The first says what it is a snapshot
 * of. Then come sheets, one after the other: a line with the table and its columns, and a line for every row with its values
 * in that order. Keys and columns stand in alphabetical order, sheets by their names, rows by their keys: text by its
 * bytes, numbers by their size, nothing before anything. So one state of the data has one form, on either engine, and the
 * SHA-256 of it names that state.
 */
export const form = 1;

export type Value = string | number | null;

/** What a snapshot is of. */
export type Head = {
	meeting: string;
	number: number;
	frozen_at: string;
	revision: number;
	/** Entities whose answer was still a draft. */
	left_out: readonly string[];
	method: string;
	application: string;
};

export type Sheet = {
	table: string;
	/** For tables kept meeting by meeting, which one. */
	meeting?: string;
	columns: readonly string[];
};

export function headLine(head: Head) {
	return line({ ...head, form });
}

export function sheetLine({ table, meeting, columns }: Sheet) {
	return line({ table, ...(meeting !== undefined && { meeting }), columns });
}

export function rowLine(columns: readonly string[], row: Readonly<Record<string, unknown>>) {
	return `${JSON.stringify(columns.map((column) => row[column] ?? null))}\n`;
}

/** A sheet's name: the table's, and a slash and the meeting for those kept by meeting. */
export function nameOf({ table, meeting }: Pick<Sheet, 'table' | 'meeting'>) {
	return meeting === undefined ? table : `${table}/${meeting}`;
}

function line(object: Record<string, unknown>) {
	const sorted = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
	return `${JSON.stringify(Object.fromEntries(sorted))}\n`;
}

/** How many rounds a snapshot holds: its own, and the twelve before it, which is as far as any chart looks back. */
export const reach = 13;

/** The rounds of a meeting's snapshot, out of all in their order. */
export function roundsHeld<Round extends { id: string }>(rounds: readonly Round[], meeting_id: string) {
	const place = rounds.findIndex(({ id }) => id === meeting_id);
	return rounds.slice(Math.max(0, place + 1 - reach), place + 1);
}
