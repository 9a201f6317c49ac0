import { inflateSync } from 'node:zlib';

/** The size of a picture, without decoding it. */
export function sizeOf(bytes: Buffer) {
	if (bytes.toString('latin1', 1, 4) !== 'PNG') throw new Error('This is no PNG.');
	return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/**
 * A picture decoded: its size, the colour of a point as "#rrggbb", and how many points have a colour, in all or between two
 * lines. Only what we write: eight bits, with alpha.
 */
export function readPng(bytes: Buffer) {
	const { width, height } = sizeOf(bytes);
	const data: Buffer[] = [];
	for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at) + 12)
		if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
			data.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)));
	const [depth, kind] = [bytes[24], bytes[25]];
	if (depth !== 8 || kind !== 6)
		throw new Error(`A PNG of depth ${depth} and kind ${kind} is not read here.`);
	const pixels = unfilter(inflateSync(Buffer.concat(data)), width, height);
	const count = (colour: string, { from = 0, to = height } = {}) => {
		const wanted = parseInt(`${colour.slice(1)}ff`, 16);
		let n = 0;
		for (let at = from * width * 4; at < to * width * 4; at += 4) if (pixels.readUInt32BE(at) === wanted) n++;
		return n;
	};
	const colour = (x: number, y: number) =>
		`#${pixels.toString('hex', (y * width + x) * 4, (y * width + x) * 4 + 3)}`;
	return { width, height, colour, count };
}

function unfilter(raw: Buffer, width: number, height: number) {
	const line = width * 4;
	const out = Buffer.alloc(line * height);
	for (let y = 0; y < height; y++) {
		const filter = raw[y * (line + 1)]!;
		for (let x = 0; x < line; x++) {
			const at = y * line + x;
			const left = x >= 4 ? out[at - 4]! : 0;
			const up = y > 0 ? out[at - line]! : 0;
			const guess =
				filter === 0
					? 0
					: filter === 1
						? left
						: filter === 2
							? up
							: filter === 3
								? (left + up) >> 1
								: paeth(left, up, x >= 4 && y > 0 ? out[at - line - 4]! : 0);
			out[at] = raw[at + y + 1]! + guess;
		}
	}
	return out;
}

function paeth(a: number, b: number, c: number) {
	const pa = Math.abs(b - c);
	const pb = Math.abs(a - c);
	const pc = Math.abs(a + b - 2 * c);
	return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
