import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { line } from '#lib/domain/package/csv.ts';
import { describe, type Cover } from '#lib/domain/package/descriptor.ts';
import { tables, type Table } from '#lib/domain/package/index.ts';
import type { Row, Rows } from './tables.ts';

const licenses = [
	{ name: 'Apache-2.0', title: 'Apache License 2.0', path: 'https://www.apache.org/licenses/LICENSE-2.0' }
];

/** Writes a Tabular Data Package: `datapackage.json` and one CSV for each table that has rows. */
export function write(folder: string, cover: Cover, rows: Rows) {
	mkdirSync(folder, { recursive: true });
	// A table that lost its last row must not leave its old file behind.
	for (const old of readdirSync(folder))
		if (/\.csv$|^datapackage\.json$/.test(old)) rmSync(join(folder, old));
	const filled = tables.filter(({ name }) => (rows[name]?.length ?? 0) > 0);
	for (const table of filled) writeFileSync(join(folder, table.file), csv(table, rows[table.name]!));
	writeFileSync(join(folder, 'datapackage.json'), describe({ ...cover, licenses }, filled));
}

function csv({ name, columns }: Table, rows: readonly Row[]) {
	const names = columns.map((column) => column.name);
	for (const row of rows) {
		const stray = Object.keys(row).find((column) => !names.includes(column));
		if (stray) throw new Error(`${name} has no column "${stray}".`);
	}
	return [names, ...rows.map((row) => names.map((column) => row[column]))].map(line).join('');
}
