import { chromium } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Finds a Chromium for the browser tests, and installs one where there is none. By hand: `node scripts/browser.ts`.

export const launchArguments = [
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--disable-dev-shm-usage'
];

/** The path of a browser. Says in one line what it installs; throws one sentence when it can't. */
export async function findBrowser(): Promise<string> {
	const found = find();
	if (found) return found;
	console.log('No Chromium found: installing one for the browser tests.');
	const playwright = fileURLToPath(new URL('../node_modules/@playwright/test/cli.js', import.meta.url));
	run(process.execPath, [playwright, 'install', 'chromium', '--only-shell']);
	if (!find() && process.getuid?.() === 0) {
		run('apt-get', ['update']);
		run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
	}
	const installed = find();
	if (installed) return installed;
	throw new Error('No browser could be installed: install Chromium, or say where one is with CHROMIUM_PATH.');
}

function find() {
	const { CHROMIUM_PATH } = process.env;
	if (CHROMIUM_PATH) return CHROMIUM_PATH;
	return [chromium.executablePath(), ...shells(), ...onPath()].find((path) => path && existsSync(path));
}

/** Playwright's browser without a window, which it keeps apart from the whole one. */
function shells() {
	const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
	return globSync(`${folder}/chromium_headless_shell-*/*/{headless_shell,chrome-headless-shell}`);
}

function onPath() {
	const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
	const folders = (process.env.PATH ?? '').split(delimiter).concat('/usr/bin');
	return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function run(command: string, args: string[]) {
	spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
	console.log(await findBrowser());
