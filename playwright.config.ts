import { defineConfig } from '@playwright/test';
import { findBrowser, launchArguments } from './scripts/browser.ts';

// Not 4190 or another port that fetch refuses to call.
const port = Number(process.env.E2E_PORT ?? 4810);

/** The journeys run against the built server with the demonstration data, in a database of their own. */
export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.spec.ts',
	fullyParallel: true,
	workers: 2,
	forbidOnly: Boolean(process.env.CI),
	timeout: 120_000,
	reporter: [['list'], ['json', { outputFile: process.env.E2E_REPORT ?? 'test-results/report.json' }]],
	use: {
		baseURL: `http://localhost:${port}`,
		browserName: 'chromium',
		launchOptions: { executablePath: await findBrowser(), args: launchArguments }
	},
	webServer: {
		command: `"${process.execPath}" scripts/demo.ts --fresh`,
		url: `http://localhost:${port}/readyz`,
		env: { DATABASE_URL: 'sqlite:data/e2e.db', PORT: String(port), LOG_LEVEL: 'error' },
		timeout: 240_000,
		gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
		stdout: 'ignore',
		stderr: 'pipe'
	}
});
