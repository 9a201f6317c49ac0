import { z } from 'zod';
import type { Cell, Value } from './cells.ts';

export type Row = Record<string, Value>;

export interface Column extends Cell {
	/** As the package spells it. */
	name: string;
	/** As the database spells it: `plan` is `plan_id` there. */
	column: string;
	inKey: boolean;
}

/** A complaint about a whole row, at one of its columns. */
export interface Complaint {
	/** As the database spells it. */
	column: string;
	rule: string;
	message: string;
	remedy: string;
}

type RowRule = (row: Row) => Complaint | undefined;

export interface Definition {
	/** The file without `.csv`. */
	name: string;
	/** The table of the database. */
	table: string;
	/** What one row says. */
	title: string;
	/** The columns, as the package spells them, that make a row this row and no other. */
	key: readonly string[];
	/** Which of its rows, once known, may not change; a sentence says why. */
	final?: { rule: string; message: string; remedy: string };
	columns: Record<string, Cell>;
	rules?: readonly RowRule[];
}

export interface Table extends Omit<Definition, 'columns'> {
	file: string;
	columns: readonly Column[];
	keyColumns: readonly Column[];
	/** Every row of the package passes it: cells in, by the database's column names, values out. */
	row: z.ZodType<Row, Record<string, string | null>>;
}

export function table(definition: Definition): Table {
	const columns = Object.entries(definition.columns).map(([name, cell]) => ({
		...cell,
		name,
		column: cell.references.length > 0 ? `${name}_id` : name,
		inKey: definition.key.includes(name)
	}));
	return {
		...definition,
		file: `${definition.name}.csv`,
		columns,
		keyColumns: columns.filter((column) => column.inKey),
		row: rowSchema(columns, definition.rules ?? [])
	};
}

function rowSchema(columns: Column[], rules: readonly RowRule[]) {
	const shape = Object.fromEntries(
		columns.map(({ column, name, schema, required }) => [
			column,
			required
				? z.string(`${name} is empty.`).regex(/\S/, `${name} is empty.`).pipe(schema)
				: schema.nullable()
		])
	);
	return z.object(shape).check(({ value, issues }) => {
		if (issues.length > 0) return;
		for (const rule of rules) {
			const complaint = rule(value);
			if (!complaint) continue;
			const { column, message, ...params } = complaint;
			issues.push({ code: 'custom', input: value[column], path: [column], message, params });
		}
	}) as unknown as Table['row'];
}

/** The second day may not lie before the first. */
export function inOrder(first: string, second: string, rule: string, message: string): RowRule {
	return (row) => {
		const [from, to] = [row[first], row[second]];
		if (from == null || to == null || to >= from) return undefined;
		return {
			column: second,
			rule,
			message: `${message}: ${first} is ${from}, ${second} is ${to}.`,
			remedy: 'Correct one of the two days.'
		};
	};
}
