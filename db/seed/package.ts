import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tables, type Cell, type Field, type Rows, type Table } from './tables.ts';

export type About = {
	name: string;
	title: string;
	description: string;
	layer: 'reference' | 'demonstration';
	sources: { title: string; path?: string }[];
};

/** Writes a Tabular Data Package: `datapackage.json` and one CSV for each table that has rows. */
export function write(folder: string, about: About, rows: Rows) {
	mkdirSync(folder, { recursive: true });
	// A table that lost its last row must not leave its old file behind.
	for (const old of readdirSync(folder))
		if (/\.csv$|^datapackage\.json$/.test(old)) rmSync(join(folder, old));
	const names = (Object.keys(tables) as Table[]).filter((name) => (rows[name]?.length ?? 0) > 0);
	for (const name of names) writeFileSync(join(folder, `${name}.csv`), csv(name, rows[name]!));
	writeFileSync(join(folder, 'datapackage.json'), `${JSON.stringify(describe(about, names), null, '\t')}\n`);
}

export function csv(name: Table, rows: Record<string, Cell | undefined>[]) {
	const columns = Object.keys(tables[name].columns);
	const lines = rows.map((row) => columns.map((column) => quote(row[column])).join(','));
	return [columns.join(','), ...lines, ''].join('\n');
}

function quote(cell: Cell | undefined) {
	const text = cell === null || cell === undefined ? '' : String(cell);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function describe(about: About, names: Table[]) {
	return {
		$schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
		...about,
		licenses: [
			{ name: 'Apache-2.0', title: 'Apache License 2.0', path: 'https://www.apache.org/licenses/LICENSE-2.0' }
		],
		resources: names.map((name) => ({
			name,
			type: 'table',
			path: `${name}.csv`,
			format: 'csv',
			mediatype: 'text/csv',
			encoding: 'utf-8',
			schema: schema(name, names)
		}))
	};
}

function schema(name: Table, names: Table[]) {
	const { key, columns } = tables[name];
	const fields = Object.entries<Field>(columns);
	// Foreign keys are stated for tables of the same package; the rest must be in the database already.
	const links = fields.filter(([, field]) => field.table && names.includes(field.table as Table));
	return {
		$schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
		fields: fields.map(([column, { type, required, list }]) => ({
			name: column,
			type,
			...((required || list) && {
				constraints: { ...(required && { required }), ...(list && { enum: list }) }
			})
		})),
		missingValues: [''],
		...(key.length > 0 && { primaryKey: key }),
		...(links.length > 0 && {
			foreignKeys: links.map(([column, { table }]) => ({
				fields: [column],
				reference: { resource: table === name ? '' : table, fields: ['id'] }
			}))
		})
	};
}
