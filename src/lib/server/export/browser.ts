import { existsSync, globSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = [
	...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
	...['chrome-headless-shell', 'microsoft-edge']
];

/** A Chromium on this machine, or nothing: the server never installs one. `CHROMIUM_PATH` names it where it lies elsewhere. */
export function findBrowser(env: Record<string, string | undefined> = process.env): string | undefined {
	if (env.CHROMIUM_PATH) return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
	const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
	const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name)));
	return [...onPath, ...kept(env)].find((path) => existsSync(path));
}

/** Where Playwright keeps those it brought along. */
function kept(env: Record<string, string | undefined>) {
	const folder = env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
	return globSync(`${folder}/chromium*/*/{chrome,headless_shell,chrome-headless-shell}`);
}
