import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
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

function refusal(message: string) {
	return new Refusal({ rule: 'path', message, remedy: 'Give the path of a folder or a .zip file.' });
}
