import { z } from 'zod';

const names = [
	['january', 'jan'],
	['february', 'feb'],
	['march', 'mar'],
	['april', 'apr'],
	['may', 'may'],
	['june', 'jun'],
	['july', 'jul'],
	['august', 'aug'],
	['september', 'sep', 'sept'],
	['october', 'oct'],
	['november', 'nov'],
	['december', 'dec']
];

const how = 'Write it as year, month, day: for example 2026-03-31.';

export type ReadDay = { day: string } | { sentence: string };

/**
 * A day as somebody typed it: `2026-03-31`, `31 March 2026`, or `31-03-2026` where that can only be one day. Anything else is told
 * in a sentence, never guessed.
 */
export function readDay(typed: string): ReadDay {
	const text = typed.trim();
	const found = inOrder(text) ?? inWords(text);
	if (found) return checked(...found);
	const turned = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
	if (!turned) return { sentence: `“${text.slice(0, 40)}” is no day we can read. ${how}` };
	const [first, second, year] = turned.slice(1).map(Number) as [number, number, number];
	const read = [checked(year, second, first), checked(year, first, second)];
	const days = new Set(read.flatMap((one) => ('day' in one ? [one.day] : [])));
	if (days.size === 1) return { day: [...days][0]! };
	if (days.size > 1) return { sentence: `“${text}” can be read in two ways. ${how}` };
	const wrong = read[second <= 12 ? 0 : 1] as { sentence: string };
	return { sentence: wrong.sentence.endsWith(how) ? wrong.sentence : `${wrong.sentence} ${how}` };
}

function inOrder(text: string): [number, number, number] | undefined {
	const found = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
	return found ? [Number(found[1]), Number(found[2]), Number(found[3])] : undefined;
}

function inWords(text: string): [number, number, number] | undefined {
	const found = /^(\d{1,2})\.? ([a-z]+)\.?,? (\d{4})$/i.exec(text.replace(/\s+/g, ' '));
	const month = found ? names.findIndex((these) => these.includes(found[2]!.toLowerCase())) + 1 : 0;
	return found && month > 0 ? [Number(found[3]), month, Number(found[1])] : undefined;
}

function checked(year: number, month: number, date: number): ReadDay {
	if (year >= 2400 && year <= 2700)
		return {
			sentence: `The year ${year} looks like the Buddhist calendar, where it is our ${year - 543}. Write ${year - 543}.`
		};
	if (year < 1950 || year > 2150) return { sentence: `The year ${year} can not be right. ${how}` };
	const made = new Date(Date.UTC(year, month - 1, date));
	if (month < 1 || month > 12) return { sentence: `There is no month ${month}. ${how}` };
	if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== date) {
		const name = names[month - 1]![0]!;
		return { sentence: `There is no ${date} ${name[0]!.toUpperCase()}${name.slice(1)} ${year}.` };
	}
	return { day: made.toISOString().slice(0, 10) };
}

/** A field for a day: what was typed comes in, `YYYY-MM-DD` or nothing comes out. */
export const typedDay = z
	.string()
	.nullish()
	.transform((typed, context) => {
		if (!typed?.trim()) return null;
		const read = readDay(typed);
		if ('day' in read) return read.day;
		context.addIssue({ code: 'custom', message: read.sentence });
		return z.NEVER;
	});
