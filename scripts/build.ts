import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Builds the pages when there is no build, or when it was made from other sources than those that are here.

const root = fileURLToPath(new URL('..', import.meta.url));
const mark = 'build/made-from';
const lock = `${root}/.svelte-kit/building`;
const sources = [
	'src/**',
	'db/*.ts',
	'db/migrations/**',
	'static/**',
	'package-lock.json',
	'vite.config.ts',
	'tsconfig.json'
];

/** Makes sure that `build/` holds what the sources say. Does nothing, in some milliseconds, when it does already. */
export async function ensureBuild() {
	if (!isStale()) return;
	await takeLock();
	try {
		// Somebody else may have made it while this one waited.
		if (!isStale()) return;
		console.log('Building the pages. This takes about ten seconds, and is done again only after a change.');
		const sources = fingerprint();
		run('node_modules/@sveltejs/kit/svelte-kit.js', ['sync']);
		run('node_modules/vite/bin/vite.js', ['build']);
		writeFileSync(`${root}/${mark}`, sources);
	} finally {
		rmSync(lock, { recursive: true, force: true });
	}
}

/** One build at a time: two would write into each other. A lock of minutes ago belongs to nobody any more. */
async function takeLock() {
	try {
		mkdirSync(`${root}/.svelte-kit`, { recursive: true });
	} catch {
		throw new Error(
			`${root} can't be written to, and the pages have to be built there. Check the folder's rights.`
		);
	}
	for (;;) {
		try {
			return mkdirSync(lock);
		} catch (cause) {
			if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'EEXIST') throw cause;
		}
		const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
		if (Date.now() - since > 180_000) rmSync(lock, { recursive: true, force: true });
		await pause(200);
	}
}

/** An installation that brought its build along, without the tools to make one, is taken as it is. */
function isStale() {
	if (existsSync(`${root}/build/handler.js`)) {
		if (!existsSync(`${root}/node_modules/vite`)) return false;
		if (existsSync(`${root}/${mark}`)) return readFileSync(`${root}/${mark}`, 'utf8') !== fingerprint();
	}
	return true;
}

/** Names the sources by what is in them: dates change with every checkout. */
function fingerprint() {
	const hash = createHash('sha256').update(process.versions.node);
	const files = globSync(sources, { cwd: root, withFileTypes: true }).filter((file) => file.isFile());
	for (const path of files.map((file) => `${file.parentPath}/${file.name}`).sort()) {
		if (path.includes('/src/cli/')) continue;
		hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
	}
	return hash.digest('hex');
}

function run(script: string, args: string[]) {
	const done = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8' });
	if (done.status === 0) return;
	throw new Error(`The pages could not be built.\n${done.stdout}\n${done.stderr}`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	try {
		await ensureBuild();
	} catch (cause) {
		console.error(cause instanceof Error ? cause.message : cause);
		process.exit(1);
	}
}
