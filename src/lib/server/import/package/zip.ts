import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { shown } from '#lib/domain/package/problem.ts';
import { limits } from './limits.ts';
import { Refusal, type Complaint, type Problems } from './problems.ts';
import { topFolder, type PackageFile, type Source } from './source.ts';

/** Opens a zip without unpacking it anywhere. Its folder at the top, if everything lies in one, is left out of the names. */
export async function openZip(path: string, name: string, problems: Problems): Promise<Source> {
	// Names are decoded and judged here, so that every bad one is told, not the first.
	const zip = await yauzl.openPromise(path, { autoClose: false, decodeStrings: false }).catch(() => {
		throw new Refusal({
			rule: 'not-a-zip',
			message: 'This is not a zip file, or it is damaged.',
			remedy: 'Give a folder or a .zip file, and copy it anew if it was cut short.'
		});
	});
	try {
		const entries = await list(zip, problems);
		const file = async (path: string): Promise<PackageFile | undefined> => {
			const entry = entries.get(path);
			return entry && { path, size: entry.uncompressedSize, read: () => unpacked(zip, entry) };
		};
		return { name, names: [...entries.keys()].sort(), file, close: async () => zip.close() };
	} catch (error) {
		zip.close();
		throw error;
	}
}

/** The files of the zip, by their paths within the package. */
async function list(zip: ZipFile, problems: Problems) {
	if (zip.entryCount > limits.entries) {
		throw new Refusal(bomb(`It holds ${zip.entryCount} files; a package has at most ${limits.entries}.`));
	}
	const all: [path: string, entry: Entry][] = [];
	try {
		for await (const entry of zip.eachEntry()) {
			const raw = (entry as unknown as { fileName: Buffer }).fileName;
			all.push([
				yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, raw, entry.extraFields, false),
				entry
			]);
		}
	} catch {
		throw new Refusal({
			rule: 'not-a-zip',
			message: 'The list of files in this zip is damaged.',
			remedy: 'Make the zip anew.'
		});
	}
	const total = all.reduce((sum, [, entry]) => sum + entry.uncompressedSize, 0);
	if (total > limits.unpacked) throw new Refusal(bomb(`Unpacked it would be ${total} bytes.`));
	const wanted = all.filter(([path]) => !isJunk(path));
	const top = topFolder(wanted.map(([path]) => path));
	const entries = new Map<string, Entry>();
	for (const [full, entry] of wanted) {
		const path = full.startsWith(top) ? full.slice(top.length) : full;
		const complaint = judge(full, entry) ?? (entries.has(path) ? twice : undefined);
		if (complaint) problems.add(shown(path), complaint);
		else if (!path.endsWith('/') && path !== '') entries.set(path, entry);
	}
	return entries;
}

function judge(path: string, entry: Entry): Complaint | undefined {
	if (yauzl.validateFileName(path) !== null || path.includes('\0')) {
		return { rule: 'unsafe-path', message: 'This name leads out of the zip.', remedy };
	}
	if (((entry.externalFileAttributes >>> 16) & 0o170_000) === 0o120_000) {
		return { rule: 'unsafe-path', message: 'This is a link, not a file.', remedy };
	}
	if (entry.isEncrypted())
		return { rule: 'encrypted', message: 'This file is locked with a password.', remedy };
	if (!entry.canDecodeFileData()) {
		return { rule: 'not-a-zip', message: 'This file is packed in a way we cannot read.', remedy };
	}
	if (grew(entry.uncompressedSize, entry)) return bomb('Unpacked this file would be enormous.');
	return undefined;
}

/** The unpacked bytes, counted as they come: what the zip says of itself is only a first hint. */
async function* unpacked(zip: ZipFile, entry: Entry): AsyncGenerator<Buffer> {
	let size = 0;
	let sum = 0;
	try {
		const stream = await zip.openReadStreamPromise(entry);
		for await (const chunk of stream as AsyncIterable<Buffer>) {
			size += chunk.length;
			sum = crc32(chunk, sum);
			if (size > limits.unpacked || grew(size, entry))
				throw new Refusal(bomb('Unpacked this file is enormous.'));
			yield chunk;
		}
	} catch (cause) {
		if (cause instanceof Refusal) throw cause;
		throw new Refusal(damaged(lower((cause as Error).message)));
	}
	if (sum !== entry.crc32) throw new Refusal(damaged('its checksum does not fit'));
}

function grew(size: number, entry: Entry) {
	return size > limits.smallFile && size > entry.compressedSize * limits.ratio;
}

const remedy = 'Make the zip anew from the files of the package.';

const twice: Complaint = { rule: 'duplicate-file', message: 'This file is in the zip twice.', remedy };

/** What macOS adds to every zip. */
function isJunk(path: string) {
	return path.startsWith('__MACOSX/') || basename(path) === '.DS_Store';
}

function bomb(message: string): Complaint {
	return { rule: 'zip-bomb', message, remedy: 'Give the package as a folder if it really is that large.' };
}

function damaged(why: string): Complaint {
	return { rule: 'damaged', message: `The zipped file is damaged (${why}).`, remedy: 'Make the zip anew.' };
}

function lower(message: string) {
	return shown(message.charAt(0).toLowerCase() + message.slice(1), 160);
}
