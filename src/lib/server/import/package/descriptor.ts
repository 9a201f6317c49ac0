import { z } from 'zod';
import { quoted, shown } from '#lib/domain/package/problem.ts';
import { suggest } from '#lib/domain/package/suggest.ts';
import { named, tables } from '#lib/domain/package/tables.ts';
import { limits } from './limits.ts';
import { Refusal, type Complaint, type Problems } from './problems.ts';
import { descriptorFile, type PackageFile, type Source } from './source.ts';
import { decoded } from './utf8.ts';

/** What we use of a Data Package descriptor; the rest is for other tools. */
const schema = z.object({
	layer: z.string().optional(),
	resources: z.array(z.object({ name: z.unknown(), path: z.unknown() })).optional()
});

export interface Contents {
	layer: string | null;
	/** The file of each table that is there, by the table's name. */
	files: Map<string, PackageFile>;
	/** What was found and not read, a sentence each. */
	notes: string[];
}

/** Which file holds which table: what datapackage.json says, and the usual names otherwise. */
export async function contents(source: Source, problems: Problems): Promise<Contents> {
	const files = new Map<string, PackageFile>();
	const notes = new Set<string>();
	const complain = (complaint: Complaint) => problems.add(descriptorFile, complaint);
	const find = (path: string) =>
		source.file(path).catch((error: unknown) => {
			refused(error, (complaint) => problems.add(path, complaint));
			return null;
		});
	const descriptor = await read(source).catch((error: unknown) => {
		refused(error, complain);
		return {} as Awaited<ReturnType<typeof read>>;
	});
	const listed = new Set([descriptorFile]);
	for (const resource of descriptor.resources ?? []) {
		const path = pathOf(resource.path, complain);
		if (path === undefined) continue;
		listed.add(path);
		const table = tableOf(resource.name, path);
		if (table === undefined) {
			notes.add(`${shown(path)} is not a table we know, and was not read.${near(path)}`);
			continue;
		}
		const file = await find(path);
		if (file === undefined) complain(missing(path));
		else if (files.has(table)) complain(twice(table));
		else if (file) files.set(table, file);
	}
	for (const name of source.names.filter((name) => !listed.has(name))) {
		const table = named(name.replace(/\.csv$/, ''));
		const file = table && !files.has(table.name) ? await find(name) : undefined;
		if (table && file) files.set(table.name, file);
		else if (file === undefined)
			notes.add(`${shown(name)} is not part of the package, and was not read.${near(name)}`);
	}
	if (files.size === 0 && problems.count === 0) problems.add(source.name, nothing);
	return { layer: descriptor.layer ?? null, files, notes: [...notes] };
}

/** Notes down a refusal; anything else is ours to mend, and goes on. */
function refused(error: unknown, complain: (complaint: Complaint) => void) {
	if (!(error instanceof Refusal)) throw error;
	complain(error.complaint);
}

async function read(source: Source): Promise<z.infer<typeof schema>> {
	const file = await source.file(descriptorFile);
	if (!file) return {};
	let text = '';
	for await (const piece of decoded(file.read())) {
		text += piece;
		if (text.length > limits.descriptor) throw new Refusal(unusable('It is too long.'));
	}
	let json: unknown;
	try {
		json = JSON.parse(text);
	} catch {
		throw new Refusal(unusable('It is not JSON.'));
	}
	const result = schema.safeParse(json);
	if (result.success) return result.data;
	throw new Refusal(
		unusable(
			`Its "${shown(result.error.issues[0]!.path.join('.')) || 'top'}" is not what a Data Package has.`
		)
	);
}

/** Only plain names inside the package: no address, no way out. */
function pathOf(path: unknown, complain: (complaint: Complaint) => void): string | undefined {
	const one: unknown = Array.isArray(path) && path.length === 1 ? path[0] : path;
	const fault = (message: string, rule: string) => {
		complain({
			column: 'path',
			value: shown(String(one)),
			rule,
			message,
			remedy: 'Name one file of the package.'
		});
		return undefined;
	};
	if (typeof one !== 'string' || one === '')
		return fault('A resource names no file, or several.', 'descriptor');
	const unsafe =
		/^[a-z][a-z0-9+.-]*:|^[/\\~]|[\\\p{Cc}]/iu.test(one) ||
		one.split('/').some((part) => part === '..' || part === '');
	if (unsafe) return fault(`${quoted(one)} leads out of the package.`, 'unsafe-path');
	return one.replace(/^(\.\/)+/, '');
}

function tableOf(name: unknown, path: string) {
	const plain = (word: string) => word.toLowerCase().replaceAll('-', '_');
	const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.csv$/i, '');
	const found = (typeof name === 'string' ? named(plain(name)) : undefined) ?? named(plain(stem));
	return found?.name;
}

function near(path: string) {
	const match =
		path.endsWith('.csv') &&
		suggest(
			path,
			tables.map(({ file }) => file)
		);
	return match ? ` Did you mean ${match}?` : '';
}

const unusable = (message: string): Complaint => ({
	rule: 'descriptor',
	message,
	remedy: 'Correct datapackage.json, or leave it out: files with the usual names are found without it.'
});

const missing = (path: string): Complaint => ({
	rule: 'missing-file',
	value: shown(path),
	message: `${quoted(path)} is listed and not in the package.`,
	remedy: 'Add the file, or take it off the list.'
});

const twice = (table: string): Complaint => ({
	rule: 'duplicate-file',
	message: `Two files are listed for the table ${table}.`,
	remedy: 'Keep one.'
});

const nothing: Complaint = {
	rule: 'no-tables',
	message: 'There is no table of a data package here.',
	remedy: `Its files are called ${tables
		.slice(0, 3)
		.map(({ file }) => file)
		.join(', ')} and so on.`
};
