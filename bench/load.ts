import autocannon from 'autocannon';

const connections = 32;

/** Requests per second on each address, in turns, `rounds` times; the median of each. Turns share the machine's moods fairly. */
export async function inTurns(addresses: Record<string, string>, { rounds = 3, seconds = 5 } = {}) {
	const rates = new Map<string, number[]>(Object.keys(addresses).map((name) => [name, []]));
	for (let round = 0; round < rounds; round++) {
		for (const [name, url] of Object.entries(addresses)) rates.get(name)!.push(await rate(url, seconds));
	}
	return Object.fromEntries([...rates].map(([name, list]) => [name, median(list)]));
}

async function rate(url: string, duration: number) {
	const result = await autocannon({ url, connections, duration, headers: { 'accept-encoding': 'gzip' } });
	if (result.non2xx > 0 || result.errors > 0) {
		throw new Error(`${url} gave ${result.non2xx} bad answers and ${result.errors} errors under load.`);
	}
	return result.requests.average;
}

export function median(values: readonly number[]) {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)]!;
}
