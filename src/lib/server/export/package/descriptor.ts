import type { Column, Table } from '#lib/domain/package/table.ts';
import { tables } from '#lib/domain/package/tables.ts';

/** The cover of a package, as the Data Package standard (version 2) describes one. Nothing in it depends on the day. */
export function describe(isDemonstration: boolean) {
	const cover = {
		$schema: 'https://datapackage.org/profiles/2.0/datapackage.json',
		name: isDemonstration ? 'waymark-demonstration' : 'waymark',
		title: isDemonstration ? 'Waymark data package with demonstration reports' : 'Waymark data package',
		...(isDemonstration && {
			description: 'Some of these reports are made up, so that every page can be tried. Do not quote them.',
			layer: 'demonstration'
		}),
		resources: tables.map(resource)
	};
	return `${JSON.stringify(cover, null, '\t')}\n`;
}

function resource(table: Table) {
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
			...foreignKeys(table)
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

/** A reference that may lead into either of two tables can't be said in a Table Schema. */
function foreignKeys(table: Table) {
	const keys = table.columns
		.filter(({ references }) => references.length === 1)
		.map(({ name, references }) => ({
			fields: [name],
			reference: { ...(references[0] !== table.name && { resource: references[0] }), fields: ['id'] }
		}));
	return keys.length > 0 ? { foreignKeys: keys } : {};
}
