import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from '../scripts/build.ts';
import { firstChart, weigh } from './first-load.ts';
import { freezing } from './freeze.ts';
import { inTurns, median } from './load.ts';
import { replay, steps, type Smoothness } from './meeting.ts';
import { row, section } from './report.ts';
import { fill, scales } from './scales.ts';
import { memory, start, stop, type Server } from '../scripts/servers.ts';

/**
 * Measures what Waymark promises, as ratios within one run. `npm run bench` takes some ten minutes; `-- --quick` leaves
 * out the million updates and most repetitions.
 */
const quick = process.argv.includes('--quick');
const folder = mkdtempSync(join(tmpdir(), 'waymark-bench-'));
const root = new URL('..', import.meta.url).pathname;
const turns = quick ? { rounds: 1, seconds: 3 } : { rounds: 3, seconds: 5 };

const bare = () => start([join(root, 'bench/bare/build/index.js')]);
const waymark = (database: string) =>
	start([join(root, 'server.js')], {
		path: '/readyz',
		env: { DATABASE_URL: `sqlite:${database}`, PUBLIC_READ: 'true' }
	});

const overview = '/';
const progress = '/api/v1/progress';

try {
	await ensureBuild();
	spawnSync(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build'], {
		cwd: join(root, 'bench/bare')
	});

	section('Import');
	const small = await fill(join(folder, 'small.db'), scales.small);
	row(
		'5,000 updates',
		`${small.seconds.toFixed(1)} s`,
		`${Math.round(small.updates / small.seconds)} updates/s`
	);
	const large = quick ? null : await fill(join(folder, 'large.db'), scales.large);
	if (large) {
		row(
			'1,000,000 updates',
			`${large.seconds.toFixed(0)} s`,
			`${Math.round(large.updates / large.seconds)} updates/s`
		);
		row('resident memory at most', `${large.megabytes.toFixed(0)} MB`, 'must stay under 512 MB');
	}

	section('Ready after start (median of 5)');
	const empty = median(times(5, () => timed(() => spawnSync(process.execPath, ['-e', '0']))));
	const bareReady = median(await readiness(bare));
	const ready = median(await readiness(() => waymark(small.database)));
	row('node -e 0', `${empty.toFixed(0)} ms`);
	row('bare SvelteKit', `${bareReady.toFixed(0)} ms`, `${(bareReady / empty).toFixed(1)} × node -e 0`);
	row('Waymark', `${ready.toFixed(0)} ms`, `${(ready / bareReady).toFixed(2)} × bare; aim ≤ 2`);

	section('Requests per second, 32 connections');
	const servers: Record<string, Server> = { bare: await bare(), small: await waymark(small.database) };
	if (large) servers.large = await waymark(large.database);
	const addresses: Record<string, string> = { bare: servers.bare!.url };
	for (const scale of large ? ['small', 'large'] : ['small']) {
		addresses[`overview, ${scale}`] = servers[scale]!.url + overview;
		addresses[`progress, ${scale}`] = servers[scale]!.url + progress;
	}
	const rates = await inTurns(addresses, turns);
	const against = (name: string, other: string, aim: string) =>
		row(
			name,
			`${rates[name]!.toFixed(0)}/s`,
			`${(rates[name]! / rates[other]!).toFixed(2)} × ${other}; aim ≥ ${aim}`
		);
	row('bare', `${rates.bare!.toFixed(0)}/s`);
	against('overview, small', 'bare', '0.33');
	against('progress, small', 'bare', '0.5');
	if (large) {
		against('overview, large', 'overview, small', '0.8');
		against('progress, large', 'progress, small', '0.8');
	}

	section('Resident memory after that load');
	const used = Object.fromEntries(
		Object.entries(servers).map(([name, server]) => [name, memory(server).now])
	);
	row('bare', `${used.bare!.toFixed(0)} MB`);
	for (const name of Object.keys(used).filter((name) => name !== 'bare')) {
		row(
			`Waymark, ${name}`,
			`${used[name]!.toFixed(0)} MB`,
			`${(used[name]! / used.bare!).toFixed(2)} × bare; aim ≤ 1.25`
		);
	}

	section('First load, compressed');
	for (const [name, path] of Object.entries({
		'overview (charts)': overview,
		'method (no charts)': '/method'
	})) {
		const { requests, kilobytes } = await weigh(servers.small!.url + path);
		const { all, document, stylesheet, script, font } = kilobytes;
		row(name, `${all.toFixed(1)} KB in ${requests} requests`, 'aim ≤ 100 KB, ≤ 25');
		row('  HTML and CSS', `${(document + stylesheet).toFixed(1)} KB`, 'aim ≤ 35 KB');
		row('  JavaScript', `${script.toFixed(1)} KB`, path === overview ? 'aim ≤ 130 KB' : 'aim ≤ 60 KB');
		row('  fonts', `${font.toFixed(1)} KB`);
	}

	section('First chart at 400 kbit/s, 400 ms round trip, 4 × slower processor');
	const charts = [];
	for (let i = 0; i < (quick ? 3 : 9); i++) charts.push(await firstChart(servers.small!.url + overview));
	const seconds = (ms: number) => (ms / 1000).toFixed(2);
	row(
		'overview',
		`${seconds(median(charts))} s`,
		`aim ≤ 1.5 s; ${seconds(Math.min(...charts))} to ${seconds(Math.max(...charts))} s in ${charts.length} loads`
	);

	section('Replay of 12 meetings');
	for (const show of ['stages', 'matrix']) {
		const seen: Smoothness[] = [];
		for (let i = 0; i < turns.rounds; i++)
			seen.push(await replay(`${servers.small!.url}/replay?show=${show}`));
		const of = (what: keyof Smoothness) => median(seen.map((one) => one[what]));
		const [rate, late, longest, steps] = [of('rate'), of('late'), of('longest'), of('steps')];
		row(
			`${show}, ${steps} meetings`,
			`${rate.toFixed(0)} frames/s`,
			`${(late * 100).toFixed(1)} % late; longest task ${longest.toFixed(0)} ms, aim ≤ 100 ms`
		);
	}

	section('Presenting: from a key to the next slide');
	const taken = [];
	for (let i = 0; i < turns.rounds; i++) taken.push(...(await steps(await present(servers.small!.url))));
	row(
		`${taken.length} steps`,
		`${median(taken).toFixed(0)} ms`,
		`the slowest ${Math.max(...taken).toFixed(0)} ms, aim ≤ 100 ms`
	);

	for (const server of Object.values(servers)) await stop(server);

	section('Freezing a meeting while others report');
	for (const [scale, filled] of Object.entries({ small, ...(large && { large }) })) {
		const { seconds, megabytes, longestWait, writes, usualWait, opening, ...drawn } = await freezing(
			filled.database
		);
		row(
			`${scales[scale as 'small'].initiatives.toLocaleString('en-GB')} initiatives`,
			`${seconds.toFixed(1)} s`,
			`${megabytes.toFixed(1)} MB, aim ≤ 10 s`
		);
		row(
			'  longest wait of a writer',
			`${longestWait.toFixed(0)} ms`,
			`of ${writes} writes, ${usualWait.toFixed(0)} ms otherwise; aim ≤ 1000 ms`
		);
		row('  opening the snapshot, once', `${opening.toFixed(1)} s`);
		row(
			'  a chart drawn from it',
			`${drawn.frozen.toFixed(1)} ms`,
			`${(drawn.frozen / drawn.live).toFixed(2)} × live; aim ≤ 1`
		);
	}
	await import('./saves.ts');
} finally {
	rmSync(folder, { recursive: true, force: true });
}

/** The deck of the last round there is. */
async function present(url: string) {
	const { items } = (await (await fetch(`${url}/api/v1/meetings?limit=100`)).json()) as {
		items: { id: string; due_on: string | null }[];
	};
	const rounds = items
		.filter(({ due_on }) => due_on !== null)
		.sort((a, b) => (a.due_on! < b.due_on! ? -1 : 1));
	return `${url}/meetings/${rounds.at(-1)!.id}/present`;
}

async function readiness(begin: () => Promise<Server>) {
	const list = [];
	for (let i = 0; i < 5; i++) {
		const server = await begin();
		list.push(server.readyAfter);
		await stop(server);
	}
	return list;
}

function timed(work: () => unknown) {
	const started = performance.now();
	work();
	return performance.now() - started;
}

function times<T>(n: number, work: () => T) {
	return Array.from({ length: n }, work);
}
