import '../src/cli/runtime.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import * as audit from '#lib/server/audit.ts';
import { verify } from '#lib/server/standings.ts';
import { ensureBuild } from '../scripts/build.ts';
import { lost, region, submit } from './submitters.ts';

/**
 * Kills the server with 32 submitters at work, again and again: every update that was acknowledged has to be there. `node
 * bench/kill.ts 200` is what is promised.
 */
const times = Number(process.argv[2] ?? 20);
const folder = mkdtempSync(join(tmpdir(), 'waymark-kill-'));
try {
	await ensureBuild();
	const { db, submitters, serve } = await region(folder);
	let acknowledged = 0;
	for (let round = 1; round <= times; round++) {
		const server = await serve();
		const ids: string[] = [];
		let alive = true;
		const all = submitters.map(async (one) => {
			while (alive) {
				const id = await submit(server, one);
				if (id === undefined) return;
				ids.push(id);
			}
		});
		await pause(150 + Math.random() * 500);
		const gone = new Promise((resolve) => server.process.once('exit', resolve));
		server.process.kill('SIGKILL');
		await gone;
		alive = false;
		await Promise.all(all);
		acknowledged += ids.length;
		const missing = await lost(db, ids);
		if (missing.length > 0)
			throw new Error(`Kill ${round}: ${missing.length} of ${ids.length} acknowledged updates are gone.`);
	}
	const wrong = [...(await verify(db)), ...(await audit.verify(db))];
	console.log(
		`${times} kills, ${acknowledged} acknowledged updates, all there. ${wrong.length === 0 ? 'Figures and trail are right.' : wrong.join('\n')}`
	);
	await db.destroy();
	process.exitCode = wrong.length === 0 ? 0 : 1;
} finally {
	rmSync(folder, { recursive: true, force: true });
}
