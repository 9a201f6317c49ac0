const months = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December'
];

type Given = string | null | undefined;

/**
 * A day as we write it: "14 November 2022". `precision` is what the source allowed: `day`, `month`, `year`, `inferred`
 * (ours: the month is a guess) or `not found`. Days and moments both come in; words come out, the same on every machine.
 */
export function day(value: Given, precision?: Given): string {
	const parts = read(value);
	if (!parts || precision === 'not found') return 'date not found';
	const { year, month, date } = parts;
	if (precision === 'year' || month === undefined) return String(year);
	if (precision === 'month' || date === undefined) return `${months[month]} ${year}`;
	if (precision === 'inferred') return `about ${months[month]} ${year}`;
	return `${date} ${months[month]} ${year}`;
}

/** For narrow places: "14 Nov 2022", "Nov 2023". */
export function shortDay(value: Given, precision?: Given): string {
	return day(value, precision).replace(/\b([A-Z][a-z]{2})[a-z]+(?= \d)/, '$1');
}

/** The days of a meeting: "14 to 18 November 2022", "28 May to 2 June 2023". */
export function span(from: Given, to: Given, precision?: Given): string {
	const [a, b] = [read(from), read(to)];
	const exact = !precision || precision === 'day';
	if (!a || !b || !exact || from === to) return day(from, precision);
	if (a.year !== b.year) return `${day(from)} to ${day(to)}`;
	if (a.month !== b.month) return `${a.date} ${months[a.month!]} to ${day(to)}`;
	return `${a.date} to ${day(to)}`;
}

/** The years of a plan: "July 2022 to June 2024"; one end may be open. */
export function period(from: Given, to: Given): string {
	if (!from && !to) return 'period not found';
	if (!to) return `from ${day(from, 'month')}`;
	if (!from) return `until ${day(to, 'month')}`;
	return `${day(from, 'month')} to ${day(to, 'month')}`;
}

/** A moment: "14 November 2022, 09:30 UTC". */
export function moment(value: Given): string {
	const time = /T(\d{2}:\d{2})/.exec(value ?? '')?.[1];
	return time ? `${day(value)}, ${time} UTC` : day(value);
}

/** For narrow places: "14 Nov 2022, 09:30 UTC". */
export function shortMoment(value: Given): string {
	return moment(value).replace(/\b([A-Z][a-z]{2})[a-z]+(?= \d)/, '$1');
}

function read(value: Given) {
	const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(value ?? '');
	if (!found) return undefined;
	const [, year, month, date] = found;
	return {
		year: Number(year),
		month: month === undefined ? undefined : Number(month) - 1,
		date: date === undefined ? undefined : Number(date)
	};
}
