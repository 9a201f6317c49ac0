type Dates = { starts_on: string; opens_on: string | null; due_on: string | null };

const weeks = { opens: 8, due: 2 };

/** How the dates of a round are assumed where no source gives them. */
export const assumption = `No public source gives these dates. We assume that a round opens eight weeks, and is due two weeks, before its meeting.`;

/** Do a round's dates lie exactly where the assumption puts them? */
export function isAsAssumed({ starts_on, opens_on, due_on }: Dates) {
	return (
		due_on === before(starts_on, weeks.due) &&
		(opens_on === null || opens_on === before(starts_on, weeks.opens))
	);
}

function before(day: string, weeks: number) {
	return new Date(Date.parse(day) - weeks * 7 * 86_400_000).toISOString().slice(0, 10);
}

/** The moment answers are due: as the round was opened here, or else the end of the day that its meeting names. */
export function dueAt(due_on: string | null, opening: { due_at: string } | null | undefined) {
	return opening?.due_at ?? (due_on && `${due_on}T23:59:59.999Z`);
}

/** Did an answer come after the moment it was due? */
export function isLate(submitted_at: string | null, due_at: string | null) {
	return submitted_at !== null && due_at !== null && Date.parse(submitted_at) > Date.parse(due_at);
}
