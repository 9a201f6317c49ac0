import fc from 'fast-check';
import type { Column, Table } from '#lib/domain/package/table.ts';
import { dependencyOrder } from '#lib/domain/package/tables.ts';

/** The cells of each table, by its name; null is an empty cell. */
export type Cells = Record<string, Record<string, string | null>[]>;

const nasty = [
	'"',
	'""',
	',',
	';',
	'\n',
	'\r\n',
	'\r',
	'\t',
	' before',
	'behind ',
	' ',
	'=1+1',
	"'",
	' | ',
	'#',
	'\\',
	'\uFEFF',
	'\u2028',
	'\u0001',
	'\u001b[31m',
	'é',
	'e\u0301',
	'Ä',
	'ß',
	'中文',
	'עברית',
	'😀',
	'\u{10FFFD}',
	'null',
	'NaN',
	'0',
	'__proto__',
	'%',
	"''; --"
];
const piece = fc.oneof(
	fc.constantFrom(...nasty),
	fc.string({ unit: 'grapheme', maxLength: 4 }),
	fc.string({ unit: 'binary', maxLength: 4 })
);
const anyText = fc
	.array(piece, { minLength: 1, maxLength: 4 })
	.map((pieces) => pieces.join('').replaceAll('\0', '').toWellFormed())
	.filter((text) => text !== '');
const id = anyText
	.map((text) =>
		text
			.replace(/\p{Cc}/gu, '')
			.trim()
			.replaceAll(':', '.')
	)
	.filter((text) => text !== '' && text !== 'all' && !/^\.+$/.test(text) && [...text].length <= 60);
const day = fc
	.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
	.map((date) => date.toISOString().slice(0, 10));
const moment = fc
	.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
	.map((date) => date.toISOString());
const number = fc
	.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e99, max: 1e99 }))
	.map((n) => Number(n.toPrecision(15)))
	.map((n) => String(Math.abs(n) < 1e-100 ? 0 : n));

/** A package that is right, with every column of every table used, and texts that break careless readers. */
export const randomPackage: fc.Arbitrary<Cells> = fc
	.record(Object.fromEntries(dependencyOrder.map((table) => [table.name, rowsOf(table)])))
	.map((raw) => {
		const made: Cells = {};
		for (const table of dependencyOrder)
			made[table.name] = settle(table, raw[table.name] as Cells[string], made);
		return made;
	});

function rowsOf(table: Table) {
	return fc.array(fc.record(Object.fromEntries(table.columns.map((column) => [column.name, cell(column)]))), {
		maxLength: 5
	});
}

/** A reference is drawn as a number, and turned into an id once those are known. */
function cell(column: Column): fc.Arbitrary<string | null> {
	const some = column.references.length > 0 ? fc.nat(1000).map(String) : filled(column);
	return column.required ? some : fc.option(some);
}

function filled({ name, type, rule, options, minimum, maximum }: Column): fc.Arbitrary<string> {
	if (options) return fc.constantFrom(...options);
	if (name === 'id' || name === 'code') return id;
	if (type === 'date') return day;
	if (type === 'datetime') return moment;
	if (type === 'integer') return fc.integer({ min: minimum, max: maximum }).map(String);
	if (rule === 'denominator') return fc.integer({ min: 1 }).map(String);
	if (type === 'number') return number;
	return anyText.filter(
		(text) => /\S/.test(text) && !/^[\s\p{Cc}]*(javascript|data|vbscript|file)\s*:/iu.test(text)
	);
}

const ordered = [
	['from_on', 'to_on'],
	['starts_on', 'ends_on'],
	['starts_on', 'target_on'],
	['opens_on', 'due_on']
] as const;

/** Makes what was drawn hang together: references, the order of days, elements in their plans, no key twice. */
function settle(table: Table, rows: Cells[string], made: Cells) {
	const kept = new Map<string, Record<string, string | null>>();
	for (const drawn of rows) {
		const row = { ...drawn };
		for (const { name, references, required } of table.columns.filter(
			({ references }) => references.length > 0
		)) {
			if (row[name] === null) continue;
			const ids = references.flatMap((to) =>
				(to === table.name ? [...kept.values()] : made[to]!).map((other) => other.id!)
			);
			row[name] = ids.length > 0 ? ids[Number(row[name]) % ids.length]! : null;
			if (required && row[name] === null) row.missing = '';
		}
		if ('missing' in row) continue;
		for (const [first, second] of ordered) {
			const [from, to] = [row[first], row[second]];
			if (from && to && from > to) [row[first], row[second]] = [to, from];
		}
		if (table.name === 'plan_elements') {
			row.id = `${row.plan}:${row.code}`;
			if (row.parent && kept.get(JSON.stringify([row.parent]))?.plan !== row.plan) row.parent = null;
		}
		if (table.name === 'status_updates' && row.supersedes)
			if (kept.get(JSON.stringify([row.supersedes]))?.initiative !== row.initiative) row.supersedes = null;
		const key = JSON.stringify(table.key.map((name) => row[name]));
		if (!kept.has(key)) kept.set(key, row);
	}
	return [...kept.values()];
}

/** The rows as an independent reader of CSV should find them: in the order of their keys' bytes, empty for null. */
export function expected(table: Table, cells: Cells[string]) {
	const bytes = (row: Record<string, string | null>) =>
		table.key.map((name) =>
			table.columns.find((column) => column.name === name)!.type === 'integer' ? Number(row[name]) : row[name]
		);
	const compare = (a: unknown, b: unknown) => {
		if (a === null || b === null) return Number(a !== null) - Number(b !== null);
		return typeof a === 'number'
			? a - (b as number)
			: Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
	};
	return cells
		.toSorted((a, b) => {
			const [left, right] = [bytes(a), bytes(b)];
			return left.map((part, i) => compare(part, right[i])).find((order) => order !== 0) ?? 0;
		})
		.map((row) => Object.fromEntries(table.columns.map(({ name }) => [name, row[name] ?? ''])));
}
