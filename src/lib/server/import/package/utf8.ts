import { isUtf8 } from 'node:buffer';
import { Refusal } from './problems.ts';

const remedy = 'Save the file as UTF-8; spreadsheets call it "CSV UTF-8".';

/** The text of a file that must be UTF-8. A byte order mark in front is dropped. */
export async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
	let tail: Buffer = Buffer.alloc(0);
	let started = false;
	for await (const chunk of chunks) {
		let bytes = tail.length > 0 ? Buffer.concat([tail, chunk]) : chunk;
		if (!started) {
			tail = bytes;
			if (bytes.length < 4) continue;
			bytes = begun(bytes);
			started = true;
		}
		const end = wholeCharacters(bytes);
		yield* strict(bytes.subarray(0, end));
		tail = bytes.subarray(end);
	}
	yield* strict(started ? tail : begun(tail));
}

function begun(bytes: Buffer) {
	if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3);
	const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
	const everyOther =
		bytes.length > 3 && (bytes[0] === 0) !== (bytes[1] === 0) && (bytes[2] === 0) === (bytes[0] === 0);
	if (marked || (everyOther && (bytes[3] === 0) === (bytes[1] === 0))) {
		throw new Refusal({ row: null, rule: 'encoding', message: 'The file is in UTF-16.', remedy });
	}
	return bytes;
}

/** Lines before the first one that is not UTF-8 are still handed on, so that its row is known. */
function* strict(bytes: Buffer): Generator<string> {
	if (isUtf8(bytes)) {
		if (bytes.length > 0) yield bytes.toString('utf8');
		return;
	}
	let start = 0;
	for (;;) {
		const end = bytes.indexOf(0x0a, start) + 1 || bytes.length;
		const line = bytes.subarray(start, end);
		if (!isUtf8(line)) break;
		yield line.toString('utf8');
		start = end;
	}
	throw new Refusal({ rule: 'encoding', message: 'There are bytes here that are not UTF-8.', remedy });
}

/** Where the last complete character of a chunk ends. */
function wholeCharacters(bytes: Buffer) {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back]!;
		if (byte < 0x80) return bytes.length;
		if (byte >= 0xc0) {
			const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
			return length > back ? bytes.length - back : bytes.length;
		}
	}
	return bytes.length;
}
