import { mayShowShare, methodVersion } from '#lib/domain/progress.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';

export type Unit = { one: string; many: string };
export const initiatives: Unit = { one: 'initiative', many: 'initiatives' };
export const members: Unit = { one: 'Member', many: 'Members' };

export type MeetingRef = {
	id: string;
	title: string;
	series: string;
	number: number | null;
	starts_on: string;
	due_on: string | null;
	frozen_at: string | null;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "RCP-32"; a meeting outside the two series goes by its title. */
export function meetingName({ series, number, title }: Pick<MeetingRef, 'series' | 'number' | 'title'>) {
	return series === 'other' || number === null ? title : `${series}-${number}`;
}

/** "2022-11-14" as "Nov 2022". */
export function monthOf(day: string) {
	return `${months[Number(day.slice(5, 7)) - 1] ?? ''} ${day.slice(0, 4)}`.trim();
}

/** "2022-11-14" as "14 Nov 2022". */
export function dayOf(day: string) {
	const number = Number(day.slice(8, 10));
	return number ? `${number} ${monthOf(day)}` : monthOf(day);
}

export function number(n: number) {
	return n.toLocaleString('en-GB');
}

/** "1 initiative", "12 initiatives", "no initiatives". */
export function some(n: number, unit: Unit = initiatives) {
	return n === 0 ? `no ${unit.many}` : `${number(n)} ${n === 1 ? unit.one : unit.many}`;
}

export const is = (n: number) => (n === 1 ? 'is' : 'are');
export const was = (n: number) => (n === 1 ? 'was' : 'were');
export const has = (n: number) => (n === 1 ? 'has' : 'have');

/**
 * How many of how many are something, as a clause: "None of the 28 initiatives reported on is implemented",
 * "All 28 … are …", "12 of the 28 … are …", "The one initiative reported on is …".
 */
export function share(n: number, of: number, things: Unit, what: string, verb: (n: number) => string = is) {
	if (of === 1) return `The one ${things.one} ${verb(1)} ${n === 1 ? '' : 'not '}${what}`;
	if (n === 0) return `None of the ${number(of)} ${things.many} ${verb(1)} ${what}`;
	if (n === of) return `${of === 2 ? 'Both' : `All ${number(of)}`} ${things.many} ${verb(of)} ${what}`;
	return `${number(n)} of the ${number(of)} ${things.many} ${verb(n)} ${what}`;
}

/** Said of what was reported on. */
export function reportedOn(unit: Unit): Unit {
	return unit === members
		? { one: 'Member that reported', many: 'Members that reported' }
		: { one: `${unit.one} reported on`, many: `${unit.many} reported on` };
}

/** "28 of 35 reported (80%)"; without the percentage where it would say more than is known. */
export function nOfN(tally: Tally) {
	const { expected } = tally;
	if (expected === 0) return 'nothing expected';
	const said = `${number(fresh(tally))} of ${number(expected)} reported`;
	return mayShowShare(tally) ? `${said} (${percent(fresh(tally), expected)})` : said;
}

/** A whole percentage that says 0% and 100% only when it is none and all. */
export function percent(n: number, of: number) {
	if (of === 0) return '';
	const whole = Math.round((n / of) * 100);
	if (whole === 0 && n > 0) return 'under 1%';
	if (whole === 100 && n < of) return 'over 99%';
	return `${whole}%`;
}

/** "+10 points", "-3 points", "no change". */
export function points(whole: number) {
	if (whole === 0) return 'no change';
	return `${whole > 0 ? '+' : '-'}${Math.abs(whole)} ${Math.abs(whole) === 1 ? 'point' : 'points'}`;
}

/** "a, b and c". */
export function together(parts: readonly string[]) {
	if (parts.length < 2) return parts[0] ?? '';
	return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

export function capital(text: string) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The freshness split as one line: "35 expected: 22 reported, 6 confirmed unchanged, 4 carried forward, 3 without a report". */
export function split(tally: Pick<Tally, 'expected' | 'reported' | 'confirmed' | 'carried' | 'missing'>) {
	const { expected, reported, confirmed, carried, missing } = tally;
	return (
		`${number(expected)} expected: ${number(reported)} reported, ${number(confirmed)} confirmed unchanged, ` +
		`${number(carried)} carried forward, ${number(missing)} without a report`
	);
}

/** Why there is no percentage, where there is none. */
export function withheld(tally: Tally, meeting: string) {
	if (tally.expected === 0 || mayShowShare(tally)) return [];
	if (tally.expected < 10)
		return [`Fewer than ten cases at ${meeting}, so counts are shown and no percentages.`];
	return [`Less than two thirds was reported for ${meeting}, so counts are shown and no percentages.`];
}

export const method = `Method ${methodVersion}`;
