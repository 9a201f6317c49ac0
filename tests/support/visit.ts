import type { Db } from '#db/open.server.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each page's load has an event type of its own
type Load = (event: any) => any;

/** What a page is handed when somebody opens an address of it. */
export async function visit<L extends Load>(
	load: L,
	db: Db,
	address: string,
	params: Record<string, string> = {}
) {
	const url = new URL(address, 'http://localhost');
	return (await load({ locals: { db }, params, url })) as Exclude<Awaited<ReturnType<L>>, void>;
}
