import { z } from 'zod';
import { quoted } from './problem.ts';
import { suggest } from './suggest.ts';

export type Value = string | number | null;

/** What a column may hold: how a cell is read, and what to say when it can't be. */
export interface Cell {
	/** The name of its type in a Table Schema. */
	type: 'string' | 'date' | 'datetime' | 'integer' | 'number' | 'list';
	schema: z.ZodType<Value, string>;
	rule: string;
	remedy(value: string): string;
	required: boolean;
	/** The tables of the package it may point into. */
	references: readonly string[];
	options?: readonly string[];
	minimum?: number;
	maximum?: number;
}

/** No Member, plan or meeting of ours lies outside; a year beyond is a slip or another calendar. */
const years = { first: 1900, last: 2199 };

const optional = { required: false, references: [] };

export function must(cell: Cell): Cell {
	return { ...cell, required: true };
}

export const text: Cell = {
	...optional,
	type: 'string',
	schema: z.string(),
	rule: 'text',
	remedy: () => 'Write some text.'
};

/** Several names in one cell, with ` | ` between them. */
export const list: Cell = { ...text, type: 'list' };

/** An address people can follow. Other text is let through, a script is not. */
export const url: Cell = {
	...text,
	schema: z.string().refine((value) => !/^[\s\p{Cc}]*(javascript|data|vbscript|file)\s*:/iu.test(value), {
		error: ({ input }) => `${quoted(String(input))} is not an address we may link to.`
	}),
	rule: 'url',
	remedy: () => 'Give a source that begins with https:// or http://.'
};

export const id: Cell = {
	...optional,
	type: 'string',
	schema: z.string().regex(/^(?!\.+$)(?!\s)[^\p{Cc}]{1,200}(?<!\s)$/u, {
		error: ({ input }) => `${quoted(String(input))} can't be an id.`
	}),
	rule: 'id',
	remedy: () => 'An id has 1 to 200 characters, no line breaks, no spaces around it, and is more than dots.'
};

/** The id of a row in one of these tables. */
export function ref(...tables: string[]): Cell {
	return { ...text, rule: 'reference', references: tables };
}

export function oneOf(options: readonly string[]): Cell {
	return {
		...optional,
		type: 'string',
		options,
		schema: z.enum(options as [string, ...string[]], {
			error: ({ input }) => `${quoted(String(input))} is not one of ${options.join(', ')}.`
		}),
		rule: 'enum',
		remedy: (value) => {
			const near = suggest(value, options);
			return near ? `Did you mean "${near}"?` : 'Use one of these words.';
		}
	};
}

export const day: Cell = {
	...optional,
	type: 'date',
	schema: z.string().refine(isDay, { error: ({ input }) => `${quoted(String(input))} is not a day.` }),
	rule: 'date',
	remedy: dayRemedy
};

/** Kept as `2023-05-01T10:00:00.000Z`, so that the order of the texts is the order in time. */
export const moment: Cell = {
	...optional,
	type: 'datetime',
	schema: z.string().transform((value, { issues }) => {
		const found = inUtc(value);
		if (found !== null) return found;
		issues.push({ code: 'custom', input: value, message: `${quoted(value)} is not a moment in UTC.` });
		return z.NEVER;
	}),
	rule: 'moment',
	remedy: (value) => {
		const elsewhere = /T.*[+-]\d\d:\d\d$/.test(value) ? new Date(value) : null;
		return elsewhere && !Number.isNaN(elsewhere.getTime())
			? `In UTC that is ${elsewhere.toISOString()}.`
			: 'Write it as 2023-05-01T10:00:00Z.';
	}
};

/** A whole number that both databases can hold. */
export function integer(minimum = -2_147_483_648, maximum = 2_147_483_647): Cell {
	const fits = (value: string) => /^-?\d{1,10}$/.test(value) && +value >= minimum && +value <= maximum;
	return {
		...optional,
		type: 'integer',
		minimum,
		maximum,
		schema: z
			.string()
			.refine(fits, {
				error: ({ input }) => `${quoted(String(input))} is not a whole number we can use here.`
			})
			.transform((value) => Number(value) + 0),
		rule: 'integer',
		remedy: () => `Write a whole number from ${minimum} to ${maximum}, digits only.`
	};
}

export const number: Cell = {
	...optional,
	type: 'number',
	schema: z
		.string()
		.refine((value) => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) && Math.abs(+value) < 1e100, {
			error: ({ input }) => `${quoted(String(input))} is not a number.`
		})
		.transform(settled),
	rule: 'number',
	remedy: () => 'Write digits with a point for the fraction, for example 1250.5, and no other signs.'
};

/** What a ratio is of: nothing can be counted out of nought. */
export const denominator: Cell = {
	...number,
	schema: number.schema.refine((value) => Number(value) > 0, {
		error: ({ input }) => `${String(input)} can't be a denominator.`
	}),
	rule: 'denominator',
	remedy: () => 'Write a number above 0, or leave the cell empty where the value is not a ratio.'
};

/** Fifteen digits, which both databases and every spreadsheet keep exactly. */
function settled(value: string) {
	const kept = Number(Number(value).toPrecision(15));
	return Math.abs(kept) < 1e-100 ? 0 : kept;
}

/** Said a million times in a large package, so it counts instead of asking a calendar. */
export function isDay(value: string) {
	if (!/^\d{4}-\d\d-\d\d$/.test(value)) return false;
	const [year, month, day] = [+value.slice(0, 4), +value.slice(5, 7), +value.slice(8)];
	if (year < years.first || year > years.last || month < 1 || month > 12 || day < 1) return false;
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	return day <= (month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31);
}

function dayRemedy(value: string) {
	const [, year, rest] = /^(\d{4})(-\d\d-\d\d)$/.exec(value) ?? [];
	if (!year) return 'Write the day as YYYY-MM-DD, for example 2023-05-01.';
	const common = `${Number(year) - 543}${rest}`;
	if (Number(year) > years.last && isDay(common)) {
		return `Days are written in the common era: ${year} of the Buddhist calendar would be ${common}.`;
	}
	return `Give a day that is in the calendar, between ${years.first} and ${years.last}.`;
}

function inUtc(value: string): string | null {
	const parts =
		/^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,9}))?)?(?:Z|[+-]00:00)$/.exec(value);
	if (!parts || !isDay(parts[1]!)) return null;
	const [, date, hour, minute, second = '00', fraction = ''] = parts;
	return `${date}T${hour}:${minute}:${second}.${fraction.slice(0, 3).padEnd(3, '0')}Z`;
}
