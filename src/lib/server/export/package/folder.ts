import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { BadInput } from '#lib/domain/errors.ts';
import type { OutFile } from '../package.ts';

/** Writes the files beside their place first, so that a half-written package never stands there. */
export async function toFolder(path: string, files: readonly OutFile[]) {
	const before = await contents(path);
	if (before && before.length > 0 && !before.includes('datapackage.json')) {
		throw new BadInput(
			`${path} holds other things. Name a folder that is new, or one with an earlier export.`
		);
	}
	const partial = `${path.replace(/[/\\]+$/, '')}.partial-${process.pid}`;
	await mkdir(dirname(partial), { recursive: true });
	await mkdir(partial);
	try {
		for (const { name, bytes } of files) {
			await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(join(partial, name)));
		}
		await mkdir(path, { recursive: true });
		for (const { name } of files) await rename(join(partial, name), join(path, name));
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
}

async function contents(path: string) {
	return readdir(path).catch((cause: NodeJS.ErrnoException) => {
		if (cause.code === 'ENOENT') return undefined;
		if (cause.code === 'ENOTDIR')
			throw new BadInput(`${path} is a file. Name a folder, or a file that ends in .zip.`);
		throw cause;
	});
}
