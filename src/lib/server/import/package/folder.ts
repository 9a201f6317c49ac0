import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Refusal } from './problems.ts';
import type { PackageFile, Source } from './source.ts';

/** Opens a package that lies in a folder. Only files asked for are looked at. */
export async function openFolder(path: string, name: string): Promise<Source> {
	const root = await realpath(path);
	const entries = await readdir(root, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
		throw new Refusal({
			rule: 'path',
			message: `The folder ${path} can't be read (${cause.code}).`,
			remedy: 'Check its rights.'
		});
	});
	const names = entries
		.filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
		.map((entry) => entry.name)
		.sort();
	return { name, names, file: (inside) => find(root, inside), close: async () => {} };
}

async function find(root: string, path: string): Promise<PackageFile | undefined> {
	const full = join(root, path);
	const real = await realpath(full).catch(() => null);
	if (real === null) return undefined;
	if (!real.startsWith(root.endsWith(sep) ? root : root + sep)) {
		throw new Refusal({
			rule: 'unsafe-path',
			message: 'This is a link that leads out of the package.',
			remedy: 'Put the file itself there.'
		});
	}
	const found = await stat(real);
	if (!found.isFile()) {
		throw new Refusal({ rule: 'path', message: 'This is not a file.', remedy: 'Put a CSV file there.' });
	}
	return { path, size: found.size, read: () => readable(real) };
}

async function* readable(path: string): AsyncGenerator<Buffer> {
	try {
		yield* createReadStream(path, { highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>;
	} catch (cause) {
		const code = (cause as NodeJS.ErrnoException).code;
		throw new Refusal({
			rule: 'path',
			message: `This file can't be read (${code}).`,
			remedy: 'Check its rights.'
		});
	}
}
