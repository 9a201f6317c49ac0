import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLargePackage, type Scale } from './large-package.ts';

/** The region as it is, and one far larger than any. */
export const scales: Record<'small' | 'large', Scale> = {
	small: { entities: 46, initiatives: 400, meetings: 12, updates: 5_000 },
	large: { entities: 185, initiatives: 20_000, meetings: 60, updates: 1_000_000 }
};

/** Imports a made-up package of a scale into a new database, from the command line as anybody would. */
export async function fill(database: string, scale: Scale) {
	const folder = mkdtempSync(join(tmpdir(), 'waymark-package-'));
	await writeLargePackage(scale, folder);
	const started = performance.now();
	const child = spawn(
		process.execPath,
		[new URL('../src/cli/waymark.ts', import.meta.url).pathname, 'import', folder],
		{
			env: { ...process.env, DATABASE_URL: `sqlite:${database}` },
			stdio: ['ignore', 'ignore', 'inherit']
		}
	);
	let megabytes = 0;
	const watch = setInterval(() => (megabytes = Math.max(megabytes, highWater(child.pid!))), 100);
	const code = await new Promise((resolve) => child.once('exit', resolve));
	clearInterval(watch);
	rmSync(folder, { recursive: true, force: true });
	if (code !== 0) throw new Error(`The import of ${scale.updates} updates failed.`);
	return { database, updates: scale.updates, seconds: (performance.now() - started) / 1000, megabytes };
}

function highWater(pid: number) {
	try {
		return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1] ?? 0) / 1024;
	} catch {
		return 0; // It has just ended.
	}
}
