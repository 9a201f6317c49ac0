import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { lookAroundAs } from '../tests/support/look-around.ts';
import { ownPages, pages, widths } from '../tests/support/pages.ts';
import { findBrowser, launchArguments } from './browser.ts';
import { ensureBuild } from './build.ts';
import { start, stop } from './servers.ts';

// Pictures of every page at every width, with the demonstration data: `npm run screenshots`.
// For looking rather than keeping: `-- --out /tmp/look --dark --full --js off --only overview,matrix`.

const root = new URL('..', import.meta.url).pathname;
const { values: options } = parseArgs({
	options: {
		out: { type: 'string', default: join(root, 'docs/screenshots') },
		dark: { type: 'boolean', default: false },
		full: { type: 'boolean', default: false },
		js: { type: 'string', default: 'on' },
		only: { type: 'string' }
	}
});
const only = options.only?.split(',');
const heights: Record<number, number> = { 1440: 900, 1024: 768, 360: 740 };

const folder = mkdtempSync(join(tmpdir(), 'waymark-screenshots-'));
const env = { DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`, MODE: 'demo' };
await ensureBuild();
const filled = spawnSync(process.execPath, [join(root, 'src/cli/waymark.ts'), 'demo'], {
	env: { ...process.env, ...env },
	stdio: ['ignore', 'ignore', 'inherit']
});
if (filled.status !== 0) process.exit(1);

const server = await start([join(root, 'server.js')], { path: '/readyz', env });
const browser = await chromium.launch({ executablePath: await findBrowser(), args: launchArguments });
mkdirSync(options.out, { recursive: true });
for (const [who, list] of Object.entries({ '': pages, ...ownPages })) {
	const wanted = Object.entries(list).filter(([name]) => !only || only.includes(name));
	if (wanted.length === 0) continue;
	const context = await browser.newContext({
		baseURL: server.url,
		colorScheme: options.dark ? 'dark' : 'light',
		javaScriptEnabled: options.js !== 'off',
		reducedMotion: 'reduce'
	});
	const page = await context.newPage();
	if (who) await lookAroundAs(page, who);
	for (const [name, path] of wanted)
		for (const width of widths) {
			await page.setViewportSize({ width, height: heights[width]! });
			await page.goto(path, { waitUntil: 'networkidle' });
			const file = `${name}-${width}${options.dark ? '-dark' : ''}.png`;
			await page.screenshot({ path: join(options.out, file), fullPage: options.full });
		}
	await context.close();
}
await browser.close();
await stop(server);
rmSync(folder, { recursive: true, force: true });
console.log(`Pictures are in ${options.out}.`);
