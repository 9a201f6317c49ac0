import '../src/cli/runtime.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, count, report, step, type Outcome } from './steps.ts';

// `npm test`: everything, from types to browser. The last line counts; the exit code says the same.

const { findBrowser } = await import('./browser.ts');
const { startPostgres } = await import('./postgres.ts');

const folder = mkdtempSync(join(tmpdir(), 'waymark-test-'));
const outcomes: Outcome[] = [];
try {
	const browser = await findBrowser().catch((cause: Error) => cause);
	outcomes.push(await check('Kit types', ['node_modules/@sveltejs/kit/svelte-kit.js', 'sync']));
	// Two lanes for two processors: the one reads the sources, the other runs them.
	const lanes = await Promise.all([sources(), onSqlite()]);
	outcomes.push(...lanes.flat(), await onPostgres(), await inBrowser(browser));
} finally {
	rmSync(folder, { recursive: true, force: true });
}
const passed = outcomes.reduce((sum, one) => sum + one.passed, 0);
const failed = outcomes.reduce((sum, one) => sum + one.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

async function sources() {
	return [
		await check('Types', ['node_modules/svelte-check/bin/svelte-check', '--tsconfig', './tsconfig.json']),
		await check('Lint', ['node_modules/eslint/bin/eslint.js', '.']),
		await check('Format', ['node_modules/prettier/bin/prettier.cjs', '--check', '.'])
	];
}

async function onSqlite() {
	return [await check('Build', ['scripts/build.ts']), await vitest('Tests on SQLite', 'sqlite', {})];
}

async function onPostgres(): Promise<Outcome> {
	const name = 'Tests on PostgreSQL';
	const server = await startPostgres().catch((cause: Error) => cause);
	if (server instanceof Error) {
		if (process.env.CI) return report(name, count.failure, server.message);
		console.log(`✗ ${name}: this half did not run. ${server.message}`);
		return count.nothing;
	}
	try {
		return await vitest(name, 'postgres', { TEST_DATABASE_URL: server.url });
	} finally {
		server.stop();
	}
}

async function inBrowser(browser: string | Error): Promise<Outcome> {
	const name = 'Browser tests';
	if (browser instanceof Error) return report(name, count.failure, browser.message);
	const file = join(folder, 'playwright.json');
	return step(name, ['node_modules/@playwright/test/cli.js', 'test'], {
		env: { CHROMIUM_PATH: browser, E2E_REPORT: file },
		read: () => count.playwright(file)
	});
}

function vitest(name: string, key: string, env: Record<string, string>) {
	const file = join(folder, `${key}.json`);
	const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	return step(name, ['node_modules/vitest/vitest.mjs', ...args], { env, read: () => count.vitest(file) });
}
