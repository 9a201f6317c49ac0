import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';

export type File = { name: string; bytes: Uint8Array };

/** Files packed together: the same bytes for the same files, whenever and wherever. */
export async function zip(files: readonly File[]): Promise<Buffer> {
	// One day for all, in local time: that is how a zip writes it.
	const options = { mtime: new Date(2000, 0, 1), mode: 0o100644, forceDosTimestamp: true };
	const out = new ZipFile();
	for (const { name, bytes } of files) out.addBuffer(Buffer.from(bytes), name, options);
	out.end();
	return buffer(out.outputStream);
}

/** The files of a zip that we made ourselves; what comes from outside is read by `import/package/zip.ts`. */
export async function unzip(bytes: Buffer): Promise<File[]> {
	const from = await fromBufferPromise(bytes, { lazyEntries: true });
	const files: File[] = [];
	for await (const entry of from.eachEntry())
		if (!entry.fileName.endsWith('/'))
			files.push({ name: entry.fileName, bytes: await buffer(await from.openReadStreamPromise(entry)) });
	return files;
}
