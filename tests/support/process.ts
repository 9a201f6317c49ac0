import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
	code: number | null;
	out: string;
	said: string;
}

/** Starts one of the project's scripts as a person would, with these settings and no others. Ended with the test. */
export function begin(args: string[], env: Record<string, string> = {}) {
	const { PATH = '', HOME = '' } = process.env;
	const child = spawn(process.execPath, args, { cwd: root, env: { PATH, HOME, ...env } });
	let out = '';
	let said = '';
	child.stdout.on('data', (part) => (out += part));
	child.stderr.on('data', (part) => (said += part));
	const ended = new Promise<Ended>((done) => child.on('close', (code) => done({ code, out, said })));
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await ended;
	});
	return { child, ended, out: () => out };
}

/** One `waymark` command, to its end. */
export function waymark(args: string[], env: Record<string, string> = {}): Promise<Ended> {
	return begin(['src/cli/waymark.ts', ...args], env).ended;
}

/** The built server, ready. */
export async function serve(env: Record<string, string>) {
	const port = env.PORT ?? String(await freePort());
	const server = begin(['server.js'], { HOST: '127.0.0.1', ...env, PORT: port });
	const url = `http://127.0.0.1:${port}`;
	while (server.child.exitCode === null) {
		if ((await fetch(`${url}/healthz`).catch(() => undefined))?.ok) return { ...server, url };
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
	throw new Error((await server.ended).said);
}

/** A folder for one test. */
export function folder(): string {
	const path = mkdtempSync(join(tmpdir(), 'waymark-test-'));
	onTestFinished(() => rmSync(path, { recursive: true, force: true }));
	return path;
}

export async function freePort(): Promise<number> {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => probe.once('listening', resolve));
	const { port } = probe.address() as { port: number };
	await new Promise((resolve) => probe.close(resolve));
	return port;
}
