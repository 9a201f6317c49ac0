/** Facts are dated to the year, the month or the day. A year or a month stands from its first day to its last. */
export function firstDay(date: string) {
	return date.length === 4 ? `${date}-01-01` : date.length === 7 ? `${date}-01` : date;
}

export function lastDay(date: string) {
	if (date.length === 4) return `${date}-12-31`;
	if (date.length > 7) return date;
	const [year, month] = date.split('-').map(Number);
	return new Date(Date.UTC(year!, month!, 0)).toISOString().slice(0, 10);
}

export function plusDays(day: string, days: number) {
	return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

export function daysBetween(from: string, to: string) {
	return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** A moment of a day, in UTC. */
export function at(day: string, minutes = 12 * 60) {
	return new Date(Date.parse(day) + minutes * 60_000).toISOString();
}
