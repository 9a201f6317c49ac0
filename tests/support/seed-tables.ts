import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as packages from '#db/seed/packages.ts';
import { named } from '#lib/domain/package/index.ts';

export type Line = Record<string, string>;

/** A shipped table as it lies in its folder; none where the package does not have it. */
export function shipped(folder: string, name: string): Line[] {
	if (!readdirSync(folder).includes(`${name}.csv`)) return [];
	return parse(readFileSync(join(folder, `${name}.csv`)), { columns: true });
}

/** Both packages, one on top of the other as they are imported: a later row replaces the one of the same key. */
export function together(name: string): Line[] {
	const { key, keyColumns } = named(name)!;
	const all = [packages.reference, packages.demonstration].flatMap((folder) => shipped(folder, name));
	if (!keyColumns.every(({ required }) => required)) return all;
	return [...new Map(all.map((row) => [key.map((column) => row[column]).join('\n'), row])).values()];
}
