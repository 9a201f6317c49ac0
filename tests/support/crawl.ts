/** What one page after another answered. */
export type Answered = { path: string; status: number; text: string };

type Ask = (path: string) => Promise<Response>;

/** How often one page is asked for with other filters: they are without end. */
const variants = 2;

/**
 * Follows every link, picture and download from one page to the next, as far as they stay here, and asks of each page
 * also for its data as the router would. Ends after `most` answers.
 */
export async function crawl(ask: Ask, from: string[], most = 500): Promise<Answered[]> {
	const answered: Answered[] = [];
	const asked = new Set<string>();
	const times = new Map<string, number>();
	const waiting = [...from];
	const add = (address: string, base: string) => {
		const url = URL.parse(address.replaceAll('&amp;', '&'), `http://here.invalid${base}`);
		if (url?.origin !== 'http://here.invalid' || url.pathname.startsWith('/_app/')) return;
		// Signing out would end the walk.
		if (url.pathname === '/sign-out') return;
		const path = url.pathname + url.search;
		const often = times.get(url.pathname) ?? 0;
		if (asked.has(path) || often >= variants) return;
		asked.add(path);
		times.set(url.pathname, often + 1);
		waiting.push(path);
	};
	async function visit(path: string) {
		const answer = await ask(path);
		const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
		answered.push({ path, status: answer.status, text });
		const location = answer.headers.get('location');
		if (location) add(location, path);
		if (!answer.headers.get('content-type')?.startsWith('text/html')) return;
		for (const [, href] of text.matchAll(/\s(?:href|src|action)="([^"]*)"/g)) add(href!, path);
		if (answer.status !== 200) return;
		const [page, query = ''] = path.split('?');
		const data = await ask(`${page === '/' ? '' : page}/__data.json${query && `?${query}`}`);
		answered.push({
			path: `${path} (data)`,
			status: data.status,
			text: Buffer.from(await data.arrayBuffer()).toString('latin1')
		});
	}
	for (const path of waiting.splice(0)) add(path, '/');
	while (waiting.length > 0 && answered.length < most) await Promise.all(waiting.splice(0, 8).map(visit));
	return answered;
}
