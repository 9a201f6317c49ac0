import { quoted, shown } from '#lib/domain/package/problem.ts';
import { suggest } from '#lib/domain/package/suggest.ts';
import type { Column, Row, Table } from '#lib/domain/package/table.ts';
import { CsvReader } from './csv.ts';
import { Refusal, type Complaint } from './problems.ts';
import type { PackageFile } from './source.ts';
import { decoded } from './utf8.ts';

/** A row as it was found. `values` is null when something in it is wrong, and that has been said. */
export interface Found {
	row: number;
	/** The cells by the database's column names; empty ones are null. */
	cells: Record<string, string | null>;
	values: Row | null;
}

const batchSize = 2_000;

/**
 * The rows of a table's file, in batches. What is wrong goes to `complain`, and the reading goes on where it can;
 * where it can't, a `Refusal` is thrown, with its row.
 */
export async function* read(
	table: Table,
	file: PackageFile,
	complain: (complaint: Complaint) => void,
	onBytes: (bytes: number) => void
): AsyncGenerator<Found[]> {
	let header: Header | undefined;
	// Told once the header is known: it may be in the same piece of the file.
	let inCells: { complaint: Complaint; cell: number }[] = [];
	const csv: CsvReader = new CsvReader((complaint, cell) =>
		inCells.push({ complaint: { ...complaint, row: csv.row + 1 }, cell })
	);
	let batch: Found[] = [];
	const take = (records: string[][]) => {
		let row = csv.row - records.length;
		for (const record of records) {
			row++;
			if (!header) header = readHeader(table, record, complain);
			else if (record.length > 1 || record[0] !== '') {
				batch.push(readRow(table, header, record, row, complain));
			}
		}
		for (const { complaint, cell } of inCells)
			complain({ ...complaint, column: header?.names[cell] ?? null });
		inCells = [];
		if (csv.failure) throw csv.failure;
	};
	let refusal: Refusal | undefined;
	try {
		for await (const text of decoded(counted(file.read(), onBytes))) {
			take(csv.push(text));
			if (batch.length >= batchSize) {
				yield batch;
				batch = [];
			}
		}
		take(csv.push('', true));
		if (!header) throw new Refusal(empty);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		refusal = new Refusal({ row: csv.row + 1, ...error.complaint });
	}
	if (batch.length > 0) yield batch;
	if (refusal) throw refusal;
}

interface Header {
	names: string[];
	/** The column at each place, or undefined for one we don't know. */
	columns: (Column | undefined)[];
	/** Are all there that must be? Otherwise their emptiness is not told again for each row. */
	complete: boolean;
}

function readHeader(table: Table, names: string[], complain: (complaint: Complaint) => void): Header {
	const known = new Map(table.columns.map((column) => [column.name, column]));
	const say = (name: string | null, complaint: Complaint) => complain({ row: 1, column: name, ...complaint });
	if (names.length === 1 && !known.has(names[0]!)) {
		const other = [';', '\t', '|'].find((sign) =>
			names[0]!.split(sign).some((part) => known.has(part.trim()))
		);
		if (other) throw new Refusal({ ...delimiter(other), row: 1 });
	}
	const seen = new Set<string>();
	const free = [...known.keys()].filter((column) => !names.includes(column));
	const columns = names.map((name) => {
		if (seen.has(name)) say(name, twice(name));
		else if (!known.has(name)) say(name, unknown(name, free));
		const fresh = !seen.has(name);
		seen.add(name);
		return fresh ? known.get(name) : undefined;
	});
	const absent = table.columns.filter((column) => column.required && !seen.has(column.name));
	for (const { name } of absent) say(name, lacking(name));
	return { names: names.map((name) => shown(name)), columns, complete: absent.length === 0 };
}

function readRow(
	table: Table,
	header: Header,
	record: string[],
	row: number,
	complain: (complaint: Complaint) => void
): Found {
	const cells: Record<string, string | null> = {};
	for (const { column } of table.columns) cells[column] = null;
	for (let at = 0; at < record.length; at++) {
		const column = header.columns[at];
		if (column && record[at] !== '') cells[column.column] = record[at]!;
	}
	if (record.length !== header.names.length) {
		complain({ ...ragged(record.length, header.names.length), row });
		// Its cells may be anybody's, but what refers to its id is not to blame.
		for (const { column, name } of table.columns) if (name !== 'id') cells[column] = null;
		return { row, cells, values: null };
	}
	const result = table.row.safeParse(cells);
	if (result.success) return { row, cells, values: result.data };
	for (const issue of result.error.issues) {
		const column = table.columns.find((one) => one.column === issue.path[0])!;
		const value = cells[column.column] ?? null;
		if (value === null && !header.names.includes(column.name)) continue;
		const { rule, remedy } = column;
		const said =
			issue.code === 'custom' ? (issue.params as Pick<Complaint, 'rule' | 'remedy'> | undefined) : undefined;
		complain({
			row,
			column: column.name,
			value: value === null ? null : shown(value),
			message: issue.message,
			...(value === null || !/\S/.test(value) ? required : (said ?? { rule, remedy: remedy(value) }))
		});
	}
	return { row, cells, values: null };
}

async function* counted(chunks: AsyncIterable<Buffer>, onBytes: (bytes: number) => void) {
	for await (const chunk of chunks) {
		onBytes(chunk.length);
		yield chunk;
	}
}

const empty: Complaint = {
	row: null,
	rule: 'empty-file',
	message: 'The file is empty.',
	remedy: 'Give it a header row, or take the file out.'
};

const required = { rule: 'required', remedy: 'Fill it in.' };

const delimiter = (sign: string): Complaint => ({
	rule: 'delimiter',
	message: `The columns are separated by ${sign === '\t' ? 'tabs' : quoted(sign)}.`,
	remedy: 'Save the file as CSV with commas.'
});

const twice = (name: string): Complaint => ({
	rule: 'duplicate-column',
	message: `The column ${quoted(name)} is there twice.`,
	remedy: 'Keep one of them.'
});

function unknown(name: string, free: string[]): Complaint {
	const near = suggest(name, free);
	return {
		rule: 'unknown-column',
		value: shown(name),
		message: name === '' ? 'A column has no name.' : `There is no column ${quoted(name)} here.`,
		remedy: near ? `Did you mean "${near}"?` : 'Take the column out.'
	};
}

const lacking = (name: string): Complaint => ({
	rule: 'missing-column',
	message: `The column ${name} is missing.`,
	remedy: 'Add it to the header, and fill it in for each row.'
});

const ragged = (cells: number, columns: number): Complaint => ({
	rule: 'ragged-row',
	message: `This row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header has ${columns}.`,
	remedy: 'Look for a comma that is missing, too many, or not inside quotation marks.'
});
