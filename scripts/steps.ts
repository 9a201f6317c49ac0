import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Outcome {
	passed: number;
	failed: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));

/** How many tests a step ran, from the report it wrote. A check without tests of its own counts as one. */
export const count = {
	nothing: { passed: 0, failed: 0 },
	success: { passed: 1, failed: 0 },
	failure: { passed: 0, failed: 1 },
	vitest(file: string): Outcome {
		const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(file, 'utf8'));
		return { passed: numPassedTests, failed: numFailedTests };
	},
	playwright(file: string): Outcome {
		const { expected, unexpected, flaky } = JSON.parse(readFileSync(file, 'utf8')).stats;
		return { passed: expected, failed: unexpected + flaky };
	}
};

/** A step that passes or fails as a whole. */
export function check(name: string, args: string[]) {
	return step(name, args, { read: () => count.success });
}

interface Options {
	env?: Record<string, string>;
	read: () => Outcome;
}

/** Runs a script with this Node, quietly: what it says is shown when it fails. */
export async function step(name: string, args: string[], { env = {}, read }: Options): Promise<Outcome> {
	const began = performance.now();
	const child = spawn(process.execPath, args, { cwd: root, env: { ...plain(), ...env }, stdio: 'pipe' });
	let said = '';
	for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
	const code = await new Promise<number | null>((done) => child.on('close', done));
	const outcome = outcomeOf(code === 0, read);
	const seconds = `${((performance.now() - began) / 1000).toFixed(0)} s`;
	return report(name, outcome, outcome.failed > 0 ? said : '', seconds);
}

/** One line, and below it why when something failed. */
export function report(name: string, outcome: Outcome, why: string, seconds = '') {
	const { passed, failed } = outcome;
	const tests = passed + failed > 1 ? `, ${passed} passed${failed > 0 ? `, ${failed} failed` : ''}` : '';
	console.log(`${failed > 0 ? '✗' : '✓'} ${name}${tests}${seconds && ` (${seconds})`}`);
	if (why) console.log(why.trimEnd().replace(/^/gm, '  '));
	return outcome;
}

/** A step that ended badly has failed, whatever its report says, or even without one. */
function outcomeOf(succeeded: boolean, read: () => Outcome): Outcome {
	try {
		const outcome = read();
		if (succeeded || outcome.failed > 0) return outcome;
		return outcome === count.success ? count.failure : { ...outcome, failed: 1 };
	} catch {
		return count.failure;
	}
}

/** The environment without Waymark's own settings: tests bring theirs. */
function plain() {
	const own = [
		'DATABASE_URL',
		'HOST',
		'PORT',
		'ORIGIN',
		'SECRET',
		'SMTP_URL',
		'MAIL_FROM',
		'OIDC_ISSUER',
		'OIDC_CLIENT_ID',
		'OIDC_CLIENT_SECRET',
		'OIDC_NAME',
		'MODE',
		'PUBLIC_READ',
		'LOG_LEVEL'
	];
	const kept = Object.entries(process.env).filter(
		([name]) => !own.includes(name) && name !== 'TEST_DATABASE_URL'
	);
	return { ...Object.fromEntries(kept), FORCE_COLOR: '0' };
}
