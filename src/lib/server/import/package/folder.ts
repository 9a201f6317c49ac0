import { createReadStream } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Refusal } from './problems.ts';
import { isUsual, topFolder, type PackageFile, type Source } from './source.ts';

/** Opens a package that lies in a folder, or in the one folder inside it. Only files asked for are looked at. */
export async function openFolder(path: string, name: string): Promise<Source> {
	const outer = await realpath(path);
	const top = topFolder(await namesIn(outer, 2));
	const root = join(outer, top);
	return { name, names: await namesIn(root, 1), file: (inside) => find(root, inside), close: async () => {} };
}

/** What lies in a folder and, when asked, in those directly inside it. */
async function namesIn(folder: string, depth: number): Promise<string[]> {
	const entries = await readdir(folder, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
		throw new Refusal({
			rule: 'path',
			message: `The folder ${folder} can't be read (${cause.code}).`,
			remedy: 'Check its rights.'
		});
	});
	const shown = entries.filter((entry) => !entry.name.startsWith('.'));
	const names = shown.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
	if (depth > 1 && !names.some(isUsual)) {
		for (const entry of shown.filter((entry) => entry.isDirectory())) {
			const inside = await namesIn(join(folder, entry.name), depth - 1).catch(() => []);
			names.push(...inside.map((name) => `${entry.name}/${name}`));
		}
	}
	return names.sort();
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
