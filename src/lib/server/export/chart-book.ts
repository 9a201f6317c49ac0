import { dictionary } from '#lib/charts/outputs/dictionary.ts';
import { table } from '#lib/charts/outputs/table.ts';
import { split } from '#lib/charts/sentence.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';
import { write, type Page } from '../workbook.ts';

/** A chart's table as a workbook, with a sheet that says what its columns mean. */
export function xlsx(spec: ChartSpec): Promise<Uint8Array> {
	const page = pageOf(spec, 'Data');
	const words = dictionary(spec).map((word) => ({ page: page.name, ...word }));
	return write([page, wordsOf(words)], spec.title);
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
export function asOf({
	provenance
}: {
	provenance: Pick<ChartSpec['provenance'], 'as_of' | 'method' | 'demonstration' | 'split'>;
}) {
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

type Meaning = { page: string; label: string; means: string };

/** What every column of these sheets means. */
export function wordsOf(meanings: readonly Meaning[]): Page {
	return {
		name: 'Data dictionary',
		head: [
			'Data dictionary',
			'What each column of each sheet means. How it is counted is explained at /method.'
		],
		columns: [{ label: 'Sheet' }, { label: 'Column' }, { label: 'What it means' }],
		rows: meanings.map(({ page, label, means }) => [page, label, means]),
		foot: []
	};
}
