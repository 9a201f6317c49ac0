import { harmless } from '#lib/domain/harmless.ts';
import type { ChartSpec } from '../spec.ts';
import { table } from './table.ts';

/** The chart's table as CSV (RFC 4180), with a line for where it comes from after the figures. */
export function csv(spec: ChartSpec): string {
	const { columns, rows } = table(spec);
	const { as_of, method, demonstration, split } = spec.provenance;
	const lines: (string | number | null)[][] = [
		columns.map(({ label }) => label),
		...rows.map((row) => row.map(({ value }) => value)),
		[],
		[spec.title],
		[spec.subtitle],
		[as_of, method],
		...(split
			? [
					[
						`expected ${split.expected}`,
						`reported ${split.reported}`,
						`confirmed ${split.confirmed}`,
						`carried ${split.carried}`,
						`missing ${split.missing}`
					]
				]
			: []),
		...(demonstration ? [['Includes made-up demonstration reports']] : [])
	];
	return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

/**
 * A cell. Numbers are numbers; text a spreadsheet would take for a formula is made harmless with an apostrophe before it.
 * Quoted also where only a reader with another separator would need it.
 */
export function cell(value: string | number | null) {
	if (value === null) return '';
	if (typeof value === 'number') return String(value);
	const text = harmless(value);
	return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
