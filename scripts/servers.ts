import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type Server = { url: string; process: ChildProcess; readyAfter: number };

/** Starts a server on a free port and waits for its first good answer. `readyAfter` is milliseconds from the start. */
export async function start(
	args: string[],
	{ path = '/', env = {} as Record<string, string> } = {}
): Promise<Server> {
	const port = await freePort();
	const started = performance.now();
	const process_ = spawn(process.execPath, args, {
		env: {
			...process.env,
			NODE_ENV: 'production',
			HOST: '127.0.0.1',
			PORT: String(port),
			LOG_LEVEL: 'error',
			...env
		},
		stdio: ['ignore', 'ignore', 'inherit']
	});
	const url = `http://127.0.0.1:${port}`;
	while (process_.exitCode === null) {
		const answer = await fetch(url + path).catch(() => null);
		await answer?.arrayBuffer();
		if (answer?.ok) return { url, process: process_, readyAfter: performance.now() - started };
		await pause(2);
	}
	throw new Error(`${args.join(' ')} ended before it was ready.`);
}

/** Ends a server that `start` started, and waits until it is gone. */
export async function stop({ process: child }: Server) {
	const gone = new Promise((resolve) => child.once('exit', resolve));
	child.kill('SIGTERM');
	await gone;
}

/** Resident memory in MB, now and at its highest. */
export function memory({ process: child }: Server) {
	const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
	const megabytes = (key: string) => Number(status.match(new RegExp(`${key}:\\s+(\\d+)`))![1]) / 1024;
	return { now: megabytes('VmRSS'), most: megabytes('VmHWM') };
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const { port } = probe.address() as { port: number };
	await new Promise((resolve) => probe.close(resolve));
	return port;
}
