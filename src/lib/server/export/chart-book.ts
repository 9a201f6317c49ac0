import { dictionary } from '#lib/charts/outputs/dictionary.ts';
import { table } from '#lib/charts/outputs/table.ts';
import { split } from '#lib/charts/sentence.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';
import { write, type Page } from '../workbook.ts';

/** A chart's table as a workbook, with a sheet that says what its columns mean. */
export function xlsx(spec: ChartSpec): Promise<Uint8Array> {
	const page = pageOf(spec, 'Data');
	return write([page, wordsOf([{ page: page.name, spec }])], spec.title);
}

/** The sheet behind a chart: its finding and measure, its table, and how it was counted. */
export function pageOf(spec: ChartSpec, name: string): Page {
	const { columns, rows } = table(spec);
	return {
		name,
		head: [spec.title, spec.subtitle, asOf(spec)],
		columns,
		rows: rows.map((row) => row.map(({ value }) => value)),
		foot: [...spec.notes, `Source: ${spec.provenance.sources.map(({ label }) => label).join(', ')}.`]
	};
}

/** Snapshot or "Live …", n of N, method, and whether anything is made up: what every figure carries. */
export function asOf({ provenance }: ChartSpec) {
	const { as_of, method, demonstration, split: tally } = provenance;
	return [
		as_of,
		...(tally ? [split(tally)] : []),
		method,
		...(demonstration ? ['Includes made-up demonstration reports'] : [])
	]
		.map((part) => `${part}.`)
		.join(' ');
}

/** What every column of these sheets means. */
export function wordsOf(sheets: readonly { page: string; spec: ChartSpec }[]): Page {
	return {
		name: 'Data dictionary',
		head: [
			'Data dictionary',
			'What each column of each sheet means. How it is counted is explained at /method.'
		],
		columns: [{ label: 'Sheet' }, { label: 'Column' }, { label: 'What it means' }],
		rows: sheets.flatMap(({ page, spec }) =>
			dictionary(spec).map(({ label, means }) => [page, label, means])
		),
		foot: []
	};
}
