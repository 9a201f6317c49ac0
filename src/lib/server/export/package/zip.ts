import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { OutFile } from '../package.ts';

export async function toZip(path: string, files: readonly OutFile[]) {
	const partial = `${path}.partial-${process.pid}`;
	await mkdir(dirname(path), { recursive: true });
	// One day for all, in local time: that is how a zip writes it, so the bytes are the same everywhere.
	const mtime = new Date(2000, 0, 1);
	const zip = new ZipFile();
	for (const { name, bytes } of files) {
		const options = { mtime, mode: 0o100644, forceDosTimestamp: true };
		zip.addReadStreamLazy(name, options, (use) => use(null, Readable.from(bytes, { objectMode: false })));
	}
	zip.end();
	// yazl tells of a file that could not be read on the zip itself; the stream would wait for ever.
	zip.on('error', (error: Error) => (zip.outputStream as Readable).destroy(error));
	try {
		await pipeline(zip.outputStream, createWriteStream(partial));
		await rename(partial, path);
	} finally {
		await rm(partial, { force: true });
	}
}
