/** One thing that keeps a package out: where it is, what is wrong, and how to mend it. */
export interface Problem {
	file: string;
	/** As a spreadsheet counts: the header is row 1. Null when the whole file is meant. */
	row: number | null;
	column: string | null;
	/** What stands there, shortened, with invisible characters spelled out. */
	value: string | null;
	/** A word that stays the same from version to version: `required`, `reference`, `cycle` … */
	rule: string;
	message: string;
	remedy: string;
}

/** `plans.csv, row 3, column level: "globl" is not one of …. Did you mean "global"? [enum]` */
export function sentence({ file, row, column, rule, message, remedy }: Problem) {
	const place = [file, row === null ? '' : `row ${row}`, column === null ? '' : `column ${shown(column)}`];
	return `${place.filter(Boolean).join(', ')}: ${message} ${remedy} [${rule}]`;
}

/** A value as it may be shown on a terminal or a page: short, and nothing in it that moves the cursor. */
export function shown(value: string, longest = 80) {
	const short =
		value.length > longest ? `${value.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/, '')}…` : value;
	return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (character) => {
		const named: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
		return named[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
	});
}

export function quoted(value: string) {
	return `"${shown(value)}"`;
}
