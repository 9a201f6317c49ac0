import type { Column, Table } from './table.ts';

/** What a package says of itself as a whole. */
export interface Cover {
	name: string;
	title: string;
	description?: string;
	layer?: 'reference' | 'demonstration';
	sources?: { title: string; path?: string }[];
	licenses?: { name: string; title: string; path: string }[];
}

/** `datapackage.json` as the Data Package standard (version 2) has it. Nothing in it depends on the day. */
export function describe(cover: Cover, tables: readonly Table[]) {
	const schema = 'https://datapackage.org/profiles/2.0/datapackage.json';
	const names = tables.map(({ name }) => name);
	const resources = tables.map((table) => resource(table, names));
	return `${JSON.stringify({ $schema: schema, ...cover, resources }, null, '\t')}\n`;
}

function resource(table: Table, names: readonly string[]) {
	return {
		name: table.name,
		type: 'table',
		path: table.file,
		description: table.title,
		format: 'csv',
		mediatype: 'text/csv',
		encoding: 'utf-8',
		schema: {
			$schema: 'https://datapackage.org/profiles/2.0/tableschema.json',
			fields: table.columns.map((column) => field(table, column)),
			missingValues: [''],
			...(table.keyColumns.every(({ required }) => required) && { primaryKey: table.key }),
			...foreignKeys(table, names)
		}
	};
}

function field(table: Table, { name, type, required, options, minimum, maximum }: Column) {
	const constraints = {
		...(required && { required }),
		...(required && table.key.length === 1 && table.key[0] === name && { unique: true }),
		...(options && { enum: options }),
		...(minimum !== undefined && { minimum }),
		...(maximum !== undefined && { maximum })
	};
	return {
		name,
		type,
		...(type === 'list' && { delimiter: ' | ' }),
		...(Object.keys(constraints).length > 0 && { constraints })
	};
}

/**
 * Stated for tables of the same package; the rest must be in the database already. A reference that may lead into either of
 * two tables can't be said in a Table Schema.
 */
function foreignKeys(table: Table, names: readonly string[]) {
	const keys = table.columns
		.filter(({ references }) => references.length === 1 && names.includes(references[0]!))
		.map(({ name, references }) => ({
			fields: [name],
			reference: { ...(references[0] !== table.name && { resource: references[0] }), fields: ['id'] }
		}));
	return keys.length > 0 ? { foreignKeys: keys } : {};
}
