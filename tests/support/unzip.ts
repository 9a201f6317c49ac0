import { fromBuffer } from 'yauzl';

/** The files in a zip, read by other code than wrote it. */
export function unzip(bytes: Uint8Array): Promise<Map<string, Buffer>> {
	return new Promise((resolve, reject) => {
		fromBuffer(Buffer.from(bytes), { lazyEntries: true }, (error, zip) => {
			if (error) return reject(error);
			const files = new Map<string, Buffer>();
			zip.on('error', reject);
			zip.on('end', () => resolve(files));
			zip.on('entry', (entry) => {
				zip.openReadStream(entry, (error, stream) => {
					if (error) return reject(error);
					const parts: Buffer[] = [];
					stream.on('data', (part: Buffer) => parts.push(part));
					stream.on('error', reject);
					stream.on('end', () => {
						files.set(entry.fileName, Buffer.concat(parts));
						zip.readEntry();
					});
				});
			});
			zip.readEntry();
		});
	});
}
