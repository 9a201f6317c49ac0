import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';

export type Encoding = 'br' | 'gzip' | 'identity';

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);

/** Below this a compressed body is hardly smaller. */
const worthwhile = 600;

/** The best encoding a reader accepts. Refusals (`;q=0`) count; anything unclear means as it is. */
export function choose(accepted: string | null): Encoding {
	if (!accepted) return 'identity';
	const weights = new Map<string, number>();
	for (const part of accepted.toLowerCase().split(',')) {
		const [name = '', ...settings] = part.split(';').map((word) => word.trim());
		const q = settings.find((word) => word.startsWith('q='));
		weights.set(name, q === undefined ? 1 : Number(q.slice(2)) || 0);
	}
	const weight = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
	if (weight('br') > 0 && weight('br') >= weight('gzip')) return 'br';
	return weight('gzip') > 0 ? 'gzip' : 'identity';
}

/** Text grows smaller; pictures, archives and workbooks are compressed already. */
export function isCompressible(type: string | null) {
	return /^(text\/|application\/([\w.-]+\+)?(json|xml|javascript)|image\/svg\+xml)/.test(type ?? '');
}

/** A whole body, compressed. Falls back to the body as it is where that is no longer. */
export async function compress(
	body: Buffer,
	encoding: Encoding
): Promise<{ body: Buffer; encoding: Encoding }> {
	if (encoding === 'identity' || body.length < worthwhile) return { body, encoding: 'identity' };
	const small = encoding === 'br' ? await brotli(body, { params: quality(body.length) }) : await zip(body);
	return small.length < body.length ? { body: small, encoding } : { body, encoding: 'identity' };
}

/** A body that is still being written, compressed as it comes: every part is sent on at once. */
export function compressStream(
	body: ReadableStream,
	encoding: Exclude<Encoding, 'identity'>
): ReadableStream {
	const squeeze =
		encoding === 'br'
			? createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH, params: quality() })
			: createGzip({ flush: constants.Z_SYNC_FLUSH });
	const from = Readable.fromWeb(body as NodeStream);
	from.on('error', (cause) => squeeze.destroy(cause));
	squeeze.on('close', () => from.destroy());
	return Readable.toWeb(from.pipe(squeeze)) as ReadableStream;
}

/** Answers are compressed once and sent often, so what is small enough is pressed harder. */
function quality(size?: number) {
	return {
		[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
		[constants.BROTLI_PARAM_QUALITY]: size === undefined ? 4 : size < 300_000 ? 9 : 5,
		[constants.BROTLI_PARAM_SIZE_HINT]: size ?? 0
	};
}
