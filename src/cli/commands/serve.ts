import type { Command } from 'commander';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { read } from '#lib/server/settings.ts';
import { ensureBuild } from '../../../scripts/build.ts';

export function register(program: Command) {
	program
		.command('serve')
		.description('start the server: checks the settings, brings the database up to date, prints the address')
		.addHelpText(
			'after',
			`
The first start builds the pages, which takes about ten seconds; later starts take one.
Stop it with Ctrl+C: it finishes the requests it has.

Settings used most: DATABASE_URL, PORT, ORIGIN, PUBLIC_READ. docs/running.md lists all.

  PORT=8080 npm start
  DATABASE_URL=postgres://waymark@localhost/waymark PUBLIC_READ=true npm start`
		)
		.action(async () => {
			read();
			await ensureBuild();
			await become('server.js');
		});
}

/**
 * Runs a script in place of this process, so that the server does not carry what the command line needed, and signals
 * reach it directly. Where a process can't be replaced, a child does the work.
 */
export async function become(script: string) {
	const path = fileURLToPath(new URL(`../../../${script}`, import.meta.url));
	try {
		process.execve?.(process.execPath, [process.execPath, path], process.env);
	} catch {
		// Not on this platform.
	}
	const child = spawn(process.execPath, [path], { stdio: 'inherit' });
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
	process.exitCode = await new Promise<number>((done) => child.on('exit', (code) => done(code ?? 1)));
}
