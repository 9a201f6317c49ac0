import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of the project in place of this process, so that the server does not carry what the command line
 * needed, and signals reach it directly. Where a process can't be replaced, a child does the work.
 */
export async function become(script: string) {
	const path = fileURLToPath(new URL(`../../${script}`, import.meta.url));
	try {
		process.execve?.(process.execPath, [process.execPath, path], process.env);
	} catch {
		// Not on this platform.
	}
	const child = spawn(process.execPath, [path], { stdio: 'inherit' });
	for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
	process.exitCode = await new Promise<number>((done) => child.on('exit', (code) => done(code ?? 1)));
}
