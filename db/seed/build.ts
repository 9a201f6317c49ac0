import { fileURLToPath } from 'node:url';
import { read } from './facts.ts';
import { write } from './package.ts';
import * as packages from './packages.ts';
import * as story from './story/index.ts';
import { about, reference } from './reference.ts';

/** Writes both packages that ship from the facts, into their places or, for a test, into others. */
export function build(folders: { reference: string; demonstration: string } = packages) {
	const rows = reference(read());
	const made = story.demonstration(rows);
	write(folders.reference, about(rows), rows);
	write(folders.demonstration, story.about, made);
	return { reference: rows, demonstration: made };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { reference, demonstration } = build();
	const count = (rows: object) =>
		Object.values(rows).reduce((sum: number, table: unknown[]) => sum + table.length, 0);
	console.log(`Wrote ${packages.reference} (${count(reference)} rows)`);
	console.log(`Wrote ${packages.demonstration} (${count(demonstration)} rows)`);
}
