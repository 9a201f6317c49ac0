import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMailServer } from '../support/mail-server.ts';

// A closed installation of its own, new and empty, with a mail server beside it.

test.describe.configure({ mode: 'serial' });

const first = 'first@example.org';
let folder: string;
let server: ChildProcess;
let mail: Awaited<ReturnType<typeof startMailServer>>;
let base: string;
let said = '';

test.beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'waymark-sign-in-'));
	mail = await startMailServer();
	const port = await freePort();
	base = `http://localhost:${port}`;
	server = spawn(process.execPath, ['server.js'], {
		env: {
			PATH: process.env.PATH,
			DATABASE_URL: `sqlite:${join(folder, 'waymark.db')}`,
			HOST: '127.0.0.1',
			PORT: String(port),
			SMTP_URL: mail.url,
			LOG_LEVEL: 'error'
		},
		stdio: ['ignore', 'pipe', 'inherit']
	});
	server.stdout!.on('data', (part) => (said += part));
	await expect.poll(() => said).toContain('Waymark is ready');
});

test.afterAll(async () => {
	server.kill('SIGTERM');
	await mail.stop();
	rmSync(folder, { recursive: true, force: true });
});

async function freePort() {
	const probe = createServer().listen(0, '127.0.0.1');
	await new Promise((listening) => probe.once('listening', listening));
	const { port } = probe.address() as { port: number };
	await new Promise((closed) => probe.close(closed));
	return port;
}

/** Asks for a mail on the sign-in page, and waits for it to arrive. */
async function askForMail(page: Page, address = first) {
	const before = mail.mails.length;
	await page.getByLabel('Your e-mail address').fill(address);
	await page.getByRole('button', { name: 'Send me a code' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Type the code from the mail');
	await expect.poll(() => mail.mails.length).toBe(before + 1);
	const text = mail.mails.at(-1)!.text!;
	return {
		code: /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(text)![0],
		link: /http:\S+\/sign-in\/link\/\S+/.exec(text)![0]
	};
}

async function typeCode(page: Page, code: string) {
	await page.getByLabel('Code').fill(code);
	await page.getByRole('button', { name: 'Sign in' }).click();
}

const heading = (page: Page) => page.getByRole('heading', { level: 1 });
const withoutScripts = (browser: Browser) => browser.newContext({ javaScriptEnabled: false });

let added = 0;

/** A browser that an administrator of its own is signed in with, past the offer of a passkey. No address is asked for twice. */
async function signedIn(context: BrowserContext) {
	const address = `administrator.${++added}@example.org`;
	const args = ['user', 'add', address, '--name', 'Administrator', '--role', 'administrator'];
	execFileSync(process.execPath, ['src/cli/waymark.ts', ...args], {
		env: { PATH: process.env.PATH, DATABASE_URL: `sqlite:${join(folder, 'waymark.db')}` }
	});
	return signIn(context, address);
}

async function signIn(context: BrowserContext, address: string) {
	const page = await context.newPage();
	await page.goto(`${base}/sign-in?to=/account`);
	await typeCode(page, (await askForMail(page, address)).code);
	await page.getByRole('link', { name: 'Not now' }).click();
	await expect(heading(page)).toHaveText('Your account');
	return page;
}

test('the start prints an address that makes the first administrator, once, without JavaScript', async ({
	browser
}) => {
	const page = await (await withoutScripts(browser)).newPage();
	const address = /http:\S+\/setup\/\S+/.exec(said)![0];
	await page.goto(address);
	await page.getByLabel('Your name').fill('First');
	await page.getByLabel('Your e-mail address').fill('nobody@nowhere');
	await page.getByRole('button').click();
	await expect(page.getByRole('alert')).toContainText('Type an e-mail address, such as name@example.org.');
	await page.getByLabel('Your e-mail address').fill(first);
	await page.getByRole('button').click();
	await page.getByRole('link', { name: 'Not now' }).click();
	await expect(heading(page)).toHaveText('Administration');
	const again = await page.goto(address);
	expect(again?.status()).toBe(404);
});

test('without JavaScript: a closed page leads to the door, and the code from the mail back to the page', async ({
	browser
}) => {
	const page = await (await withoutScripts(browser)).newPage();
	await page.goto(`${base}/members?q=1`);
	await expect(heading(page)).toHaveText('Sign in');
	await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText(['Method']);
	const { code } = await askForMail(page);
	await typeCode(page, 'AAAA-AAAA');
	await expect(page.getByRole('alert')).toContainText('This is not the code we sent.');
	await typeCode(page, code.toLowerCase());
	await page.getByRole('link', { name: 'Not now' }).click();
	await expect(page).toHaveURL(`${base}/members?q=1`);
});

test('a link opened elsewhere shows its code, and signs in at a press where it was asked for', async ({
	browser
}) => {
	const [here, elsewhere] = [await withoutScripts(browser), await browser.newContext()];
	const [page, other] = [await here.newPage(), await elsewhere.newPage()];
	await page.goto(`${base}/sign-in`);
	const { code, link } = await askForMail(page);
	for (let looks = 0; looks < 3; looks++) await other.goto(link);
	await expect(other.locator('.code')).toHaveText(code);
	await expect(other.getByRole('button')).toHaveCount(0);
	const forced = await other.request.post(link, { headers: { origin: base }, form: {} });
	expect(forced.status()).toBe(422);
	await page.goto(link);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('link', { name: 'Not now' })).toBeVisible();
	await page.goto(link);
	await expect(heading(page)).toHaveText('This link is no longer good');
	await other.goto(link);
	await expect(heading(other)).toHaveText('This link is no longer good');
});

test('an address that is not known reads the same, and gets no mail', async ({ page }) => {
	const ask = async (address: string) => {
		await page.context().clearCookies();
		await page.goto(`${base}/sign-in`);
		await page.getByLabel('Your e-mail address').fill(address);
		await page.getByRole('button', { name: 'Send me a code' }).click();
		await expect(heading(page)).toHaveText('Type the code from the mail');
		return (await page.getByRole('main').innerText()).replaceAll(address, 'ADDRESS');
	};
	const before = mail.mails.length;
	const [unknown, known] = [await ask('stranger@example.org'), await ask(first)];
	expect(unknown).toBe(known);
	await expect.poll(() => mail.mails.length).toBe(before + 1);
});

test('a passkey is offered after a mail, made, and signs in the next time', async ({ browser }) => {
	const context = await browser.newContext();
	const page = await context.newPage();
	const devices = await context.newCDPSession(page);
	await devices.send('WebAuthn.enable');
	await devices.send('WebAuthn.addVirtualAuthenticator', {
		options: {
			protocol: 'ctap2',
			transport: 'internal',
			hasResidentKey: true,
			hasUserVerification: true,
			isUserVerified: true,
			automaticPresenceSimulation: true
		}
	});
	await page.goto(`${base}/sign-in?to=/account`);
	await typeCode(page, (await askForMail(page)).code);
	await page.getByLabel('Name').fill('My key');
	await page.getByRole('button', { name: 'Make a passkey' }).click();
	await expect(heading(page)).toHaveText('Your account');
	await page.goto(`${base}/sign-out`);
	await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click();
	await expect(heading(page)).toHaveText('Sign in');

	await page.goto(`${base}/sign-in/passkey?to=/account/passkeys`);
	await page.getByRole('button', { name: 'Use a passkey' }).click();
	await expect(heading(page)).toHaveText('Your passkeys');
	await page.getByRole('button', { name: 'Remove the passkey: My key' }).click();
	await expect(page.getByRole('button', { name: /Remove/ })).toHaveCount(0);
	await page.goto(`${base}/sign-in/passkey`);
	await page.getByRole('button', { name: 'Use a passkey' }).click();
	await expect(page.getByRole('alert')).toContainText('This passkey did not work here.');
});

test('a session that ended while a page was open leads to the door, and from there back', async ({
	browser
}) => {
	const context = await browser.newContext();
	const page = await signedIn(context);
	await page.goto(`${base}/access`);
	const cookies = await context.cookies();
	await context.clearCookies({ name: 'waymark' });
	await page.getByRole('link', { name: 'Meetings' }).first().click();
	await expect(page).toHaveURL(`${base}/sign-in?to=%2Fmeetings`);
	expect(cookies.find(({ name }) => name === 'waymark')).toMatchObject({ httpOnly: true, sameSite: 'Lax' });
});

test('sessions are listed, and ended from elsewhere', async ({ browser }) => {
	const [one, two] = [await browser.newContext(), await browser.newContext()];
	const page = await signedIn(one);
	const other = await signIn(two, `administrator.${added}@example.org`);
	await page.reload();
	await page.getByRole('button', { name: 'End all but this one' }).click();
	await expect(page.getByRole('status')).toContainText('All other sessions have ended');
	await other.reload();
	await expect(heading(other)).toHaveText('Sign in');
	await page.reload();
	await expect(heading(page)).toHaveText('Your account');
});

test('a token is shown once, lets a program in, and is revoked', async ({ browser, playwright }) => {
	const page = await signedIn(await browser.newContext());
	await page.goto(`${base}/account/tokens`);
	await page.getByLabel('Name').fill('Nightly');
	await page.getByRole('button', { name: 'Make the token' }).click();
	const token = await page.locator('.token').innerText();
	await page.goto(`${base}/account/tokens`);
	await expect(page.locator('body')).not.toContainText(token);

	const program = await playwright.request.newContext({ baseURL: base });
	const ask = async (path: string, headers: Record<string, string> = {}) =>
		(await program.get(path, { headers, maxRedirects: 0 })).status();
	const authorization = `Bearer ${token}`;
	expect(await ask('/api/v1/plans')).toBe(401);
	expect(await ask('/api/v1/plans', { authorization })).toBe(200);
	expect(await ask('/account/tokens', { authorization }), 'not its owner’s account').toBe(403);
	expect(await ask('/api/v1/plans', { authorization: 'Bearer waymark_guessed' })).toBe(401);
	await page.getByRole('button', { name: 'Revoke the token: Nightly' }).click();
	await expect(page.getByRole('status')).toContainText('revoked');
	expect(await ask('/api/v1/plans', { authorization })).toBe(401);
	await program.dispose();
});

test('what is typed before the scripts have come stays typed', async ({ page }) => {
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await held;
		await route.continue();
	});
	await page.goto(`${base}/sign-in`, { waitUntil: 'commit' });
	await page.getByLabel('Your e-mail address').fill('officer@example.org');
	release();
	await page.waitForLoadState('networkidle');
	await page.waitForTimeout(200);
	await expect(page.getByLabel('Your e-mail address')).toHaveValue('officer@example.org');
});

test('going back leads nowhere but here', async ({ page }) => {
	for (const to of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere.example']) {
		await page.goto(`${base}/sign-in?to=${encodeURIComponent(to)}`);
		await expect(page.locator('input[name="to"]')).toHaveCount(0);
		await expect(page.locator('a[href*="elsewhere"]')).toHaveCount(0);
	}
});

for (const colorScheme of ['light', 'dark'] as const)
	test(`nothing on these pages keeps somebody out, ${colorScheme}`, async ({ browser }) => {
		const page = await signedIn(await browser.newContext({ colorScheme }));
		for (const path of [
			'/sign-in',
			'/sign-in/code',
			'/sign-in/passkey',
			'/sign-in/link/guessed',
			'/sign-in/once/guessed',
			'/account',
			'/account/passkeys',
			'/account/tokens',
			'/access',
			'/people',
			'/admin'
		]) {
			await page.goto(base + path, { waitUntil: 'networkidle' });
			const { violations } = await new AxeBuilder({ page }).analyze();
			expect(violations.map(({ id, nodes }) => [path, id, ...nodes.map(({ html }) => html)])).toEqual([]);
		}
	});
