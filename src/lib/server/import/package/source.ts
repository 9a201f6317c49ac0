import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { tables } from '#lib/domain/package/tables.ts';
import { openFolder } from './folder.ts';
import { Refusal, type Problems } from './problems.ts';
import { openZip } from './zip.ts';

/** One file of a package. Reading may throw a `Refusal`. */
export interface PackageFile {
	/** Relative to the package, with forward slashes. */
	path: string;
	/** Bytes, as declared: for showing how far we are, never to be relied on. */
	size: number;
	read(): AsyncIterable<Buffer>;
}

/** A package, in a folder or zipped: it reads alike. */
export interface Source {
	/** Its name, for problems that are nobody file's. */
	name: string;
	/** The paths of what is in it. In a folder, of what lies at its top. */
	names: readonly string[];
	/** The file at a path, if there is one. Throws a `Refusal` for one that may not be read. */
	file(path: string): Promise<PackageFile | undefined>;
	close(): Promise<void>;
}

/** Opens what lies at a path. What is wrong with single files is added to the problems; nothing usable is a `Refusal`. */
export async function open(path: string, problems: Problems): Promise<Source> {
	const name = basename(path) || path;
	const there = await stat(path).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code !== 'ENOENT' && cause.code !== 'ENOTDIR')
			throw refusal(`${path} can't be read (${cause.code}).`);
		throw refusal(`There is nothing at ${path}.`);
	});
	if (there.isDirectory()) return openFolder(path, name);
	if (there.isFile()) return openZip(path, name, problems);
	throw refusal(`${path} is neither a folder nor a file.`);
}

export const descriptorFile = 'datapackage.json';

const usual = new Set([descriptorFile, ...tables.map(({ file }) => file)]);

/** Is this how a file of a package is called? */
export function isUsual(name: string) {
	return usual.has(name);
}

/**
 * The folder, as `name/`, in which a package lies when it isn't at the top: a zip is often made of the folder and not of
 * what is in it.
 */
export function topFolder(paths: readonly string[]): string {
	const tops = paths.flatMap((path) => {
		const [first, second, ...rest] = path.split('/');
		if (usual.has(path)) return [''];
		return first && second && rest.length === 0 && usual.has(second) ? [`${first}/`] : [];
	});
	const [top = '', ...others] = new Set(tops);
	return others.length === 0 ? top : '';
}

function refusal(message: string) {
	return new Refusal({ rule: 'path', message, remedy: 'Give the path of a folder or a .zip file.' });
}
