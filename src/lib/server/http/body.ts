/** Did reading what was sent end because it is larger than the server takes? Kit says so, in words that are not ours. */
export function isTooLarge(cause: unknown) {
	return cause instanceof Error && 'status' in cause && cause.status === 413;
}

/** Reads a body up to a size. One that is larger is handed back as a stream, with what was read in front. */
export async function collect(
	body: ReadableStream<Uint8Array> | null,
	limit: number
): Promise<Buffer | ReadableStream> {
	const parts: Uint8Array[] = [];
	let size = 0;
	const reader = body?.getReader();
	while (reader) {
		const { done, value } = await reader.read();
		if (done) break;
		parts.push(value);
		size += value.length;
		if (size > limit) return resume(parts, reader);
	}
	return Buffer.concat(parts);
}

function resume(parts: Uint8Array[], reader: ReadableStreamDefaultReader<Uint8Array>) {
	return new ReadableStream<Uint8Array>({
		async pull(controller) {
			const part = parts.shift() ?? (await reader.read()).value;
			if (part) controller.enqueue(part);
			else controller.close();
		},
		cancel: (reason) => reader.cancel(reason)
	});
}
