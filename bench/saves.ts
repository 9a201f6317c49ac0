import '../src/cli/runtime.ts';
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuild } from '../scripts/build.ts';
import { stop } from '../scripts/servers.ts';
import { median } from './load.ts';
import { row, section } from './report.ts';
import { region, submit } from './submitters.ts';

/** Reports per second over the API at 32 connections, each with its audit line and figures, beside bare synced commits. */
const folder = mkdtempSync(join(tmpdir(), 'waymark-saves-'));
try {
	await ensureBuild();
	const { db, submitters, serve } = await region(folder);
	await db.destroy();
	const server = await serve();
	const [saves, commits]: [number[], number[]] = [[], []];
	for (let turn = 0; turn < 3; turn++) {
		commits.push(bare(2));
		saves.push(await saving(4));
	}
	await stop(server);
	section('Reports per second, 32 connections');
	row('bare synced commits', `${median(commits).toFixed(0)}/s`);
	row(
		'reports',
		`${median(saves).toFixed(0)}/s`,
		`${(median(saves) / median(commits)).toFixed(2)} × bare; aim ≥ 0.2`
	);

	async function saving(seconds: number) {
		const until = performance.now() + seconds * 1000;
		let done = 0;
		await Promise.all(
			submitters.map(async (one) => {
				while (performance.now() < until) if (await submit(server, one)) done++;
			})
		);
		return done / seconds;
	}
} finally {
	rmSync(folder, { recursive: true, force: true });
}

function bare(seconds: number) {
	const handle = new Database(join(folder, 'bare.db'));
	handle.pragma('journal_mode = WAL');
	handle.pragma('synchronous = FULL');
	handle.exec('create table if not exists said (id integer primary key, words text not null) strict');
	const say = handle.prepare('insert into said (words) values (?)');
	const until = performance.now() + seconds * 1000;
	let done = 0;
	while (performance.now() < until) say.run(`Done so far: ${done++}.`);
	handle.close();
	return done / seconds;
}
