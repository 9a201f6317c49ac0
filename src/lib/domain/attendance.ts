import { z } from 'zod';
import { readItems, written } from './meeting-items.ts';

export type Count = { count: number; unit: string; mode: string | null; qualifier: string | null };

/** A count and the page it stands on. */
export type Came = Count & { source_url: string | null };

const before = ['more than', 'up to', 'about', 'at least'];

/** "more than 25 Members", "17 Members in person", "24 Members, including online". */
export function sayCount({ count, unit, mode, qualifier }: Count) {
	const what =
		unit === 'members' ? (count === 1 ? 'Member' : 'Members') : count === 1 ? 'participant' : 'participants';
	const number = `${qualifier && before.includes(qualifier) ? `${qualifier} ` : ''}${count} ${what}`;
	const after = [mode, qualifier && !before.includes(qualifier) ? qualifier : null]
		.filter(Boolean)
		.join(', ');
	return after ? `${number}, ${after}` : number;
}

/** Do sources give different numbers for the same thing, counted the same way? */
export function disagree(attendance: readonly Count[]) {
	const of = Map.groupBy(attendance, ({ unit }) => unit);
	return [...of.values()].some((counts) => new Set(counts.map(({ count }) => count)).size > 1);
}

/** A count as it is written and read: "24 Members, in person | https://…". */
export const lineOf = (one: Came) => written([{ text: sayCount(one), url: one.source_url }]);

const count = new RegExp(
	`^(?:(${before.join('|')}) )?(\\d{1,6}) (members?|participants?)(?:, ?(.{1,200}))?$`,
	'i'
);

/** What somebody wrote as counts, one on each line. Says what is wrong with the first that can't be taken. */
export function readCounts(lines: string): Came[] | { sentence: string } {
	const found = new Map<string, Came>();
	for (const [i, line] of lines.split(/\r?\n/).entries()) {
		const items = readItems(line);
		if ('sentence' in items) return { sentence: items.sentence.replace('Line 1', `Line ${i + 1}`) };
		if (!items[0]) continue;
		const [, qualifier, number, unit, mode] = count.exec(items[0].text) ?? [];
		if (number === undefined || unit === undefined)
			return {
				sentence: `Line ${i + 1}: Write a number and “Members” or “participants”: 24 Members, in person`
			};
		const one = {
			count: Number(number),
			unit: /^m/i.test(unit) ? 'members' : 'participants',
			mode: mode?.trim() || null,
			qualifier: qualifier?.toLowerCase() ?? null,
			source_url: items[0].url
		};
		found.set(lineOf(one), one);
	}
	return [...found.values()];
}

/** A field for such lines. One that is not sent changes nothing. */
export const countsField = z
	.string()
	.optional()
	.transform((lines, context) => {
		if (lines === undefined) return undefined;
		const read = readCounts(lines);
		if (!('sentence' in read)) return read;
		context.addIssue({ code: 'custom', message: read.sentence });
		return z.NEVER;
	});
