import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import type { Db } from '#db/open.server.ts';
import type { Role } from '#lib/domain/access.ts';
import * as audit from '#lib/server/audit.ts';
import { prepare } from '#lib/server/database.ts';
import { fill } from '#lib/server/demonstration/fill.ts';
import * as sessions from '#lib/server/sessions.ts';
import * as users from '#lib/server/users.ts';
import { start, stop, type Server } from '../../scripts/servers.ts';

// Reporting changes what every page shows, so these journeys have a server and a database of their own.

test.describe.configure({ mode: 'default' });

const round = '/report/demonstration-round';
const folder = mkdtempSync(join(tmpdir(), 'waymark-report-'));
const env = { DATABASE_URL: `sqlite:${join(folder, 'demo.db')}`, MODE: 'demo' as const };
const cookies: Record<string, string> = {};
let server: Server;

test.beforeAll(async () => {
	const db = await prepare(env);
	await fill(db);
	for (const [who, role, entity_id] of [
		['singapore', 'national_coordinator', 'SGP'],
		['colleague', 'contributor', 'SGP'],
		['thailand', 'national_coordinator', 'THA'],
		['korea', 'contributor', 'KOR'],
		['seoul', 'contributor', 'KOR'],
		['office', 'vice_chair_office', undefined]
	] as const)
		cookies[who] = await join_(db, who, role, entity_id);
	await db.destroy();
	server = await start(['server.js'], { path: '/readyz', env });
});

test.afterAll(async () => {
	await stop(server);
	rmSync(folder, { recursive: true, force: true });
});

async function join_(db: Db, name: string, role: Role, entity_id?: string) {
	const { id } = await users.add(db, audit.commandLine, { email: `${name}@example.org`, name });
	await users.grant(db, audit.commandLine, id, { role, entity_id, from_on: '2020-01-01' });
	return sessions.start(db, id, { way: 'demonstration' });
}

async function as(browser: Browser, who: string, options: { javaScriptEnabled?: boolean } = {}) {
	const context = await browser.newContext({ baseURL: server.url, ...options });
	await context.addCookies([{ name: 'waymark', value: cookies[who]!, url: server.url }]);
	return context.newPage();
}

/** Counts what a person does: a press is one action, and so is filling a field. */
function counting() {
	let n = 0;
	return {
		press: async (what: Locator) => {
			n++;
			await what.click();
		},
		fill: async (what: Locator, text: string) => {
			n++;
			await what.fill(text);
		},
		since: (before = 0) => n - before,
		get count() {
			return n;
		}
	};
}

/** How far a page reaches beyond the window. */
const over = (page: Page) =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const median = (numbers: number[]) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

test('an officer is done with twelve initiatives in sixty actions, and with one in twelve', async ({
	browser
}) => {
	const page = await as(browser, 'singapore');
	const hand = counting();
	await page.goto('/report');
	const tasks = page.locator('.tasks li');
	await expect(tasks).toHaveCount(12);

	// Four where nothing has changed, from the list.
	const unchanged: number[] = [];
	for (let i = 0; i < 4; i++) {
		const before = hand.count;
		await hand.press(page.getByRole('button', { name: /^No change of/ }).first());
		await expect(page.locator('[data-state=ready]')).toHaveCount(i + 1);
		unchanged.push(hand.since(before));
	}
	// Eight that are told, each leading to the next.
	const told: number[] = [];
	await hand.press(page.locator('.tasks li:has([data-state=todo]) a').first());
	await expect(page.getByLabel('Progress', { exact: true })).toBeVisible();
	for (let i = 0; i < 8; i++) {
		const before = hand.count;
		const here = page.url();
		await hand.press(page.getByLabel('Pilot', { exact: false }).first());
		await hand.press(page.getByLabel('On track', { exact: false }));
		await hand.fill(page.getByLabel('Progress', { exact: true }), `Trial number ${i} has begun.`);
		await hand.press(page.getByRole('button', { name: 'Save and go on' }));
		// Not by their headings: two initiatives may have one title.
		await expect(page).not.toHaveURL(here);
		told.push(hand.since(before));
	}
	await expect(page).toHaveURL(`${server.url}${round}/check`);
	await hand.press(page.getByRole('button', { name: 'Submit 12 reports' }));
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Submitted');
	await expect(page.getByText(/SGP-[A-Z0-9]{4}/).first()).toBeVisible();
	expect(median(told)).toBeLessThanOrEqual(12);
	expect(median(unchanged)).toBeLessThanOrEqual(3);
	expect(hand.count).toBeLessThanOrEqual(60);
	await page.goto('/report');
	await expect(page.locator('[data-state=done]')).toHaveCount(12);
});

test('what is typed is saved, found by a colleague, and merged with what they write', async ({ browser }) => {
	const mine = await as(browser, 'singapore');
	await mine.goto('/report');
	const address = (await mine.locator('.tasks li a').first().getAttribute('href'))!;
	await mine.goto(address);
	await mine.getByLabel('Next steps', { exact: true }).fill('Train the officers.');
	await expect(mine.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();

	const theirs = await as(browser, 'colleague');
	await theirs.goto(address);
	await expect(theirs.getByLabel('Next steps', { exact: true })).toHaveValue('Train the officers.');
	await expect(theirs.getByText('singapore is also writing here.')).toBeVisible();
	await theirs.getByLabel('Next steps', { exact: true }).fill('Train the trainers.');
	await expect(theirs.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();

	await mine.getByLabel('Support needed', { exact: true }).fill('A scanner.');
	await expect(mine.getByLabel('Next steps', { exact: true })).toHaveValue('Train the trainers.');
	await theirs.getByLabel('Support needed', { exact: true }).fill('Two scanners.');
	await expect(theirs.getByRole('group', { name: 'Support needed: written twice' })).toContainText(
		'A scanner.'
	);
	await expect(theirs.getByLabel('Support needed', { exact: true })).toHaveValue('A scanner.\nTwo scanners.');
});

test('a press on a stale form leads to both texts, and a copy of what was taken does not come back', async ({
	browser
}) => {
	const mine = await as(browser, 'korea');
	const theirs = await as(browser, 'seoul');
	await mine.goto('/report');
	const address = (await mine.locator('.tasks li a').first().getAttribute('href'))!;
	const progress = (page: Page) => page.getByLabel('Progress', { exact: true });
	for (const page of [mine, theirs]) await page.goto(address, { waitUntil: 'networkidle' });
	// Longer than the pause after which what is typed is saved: opening a form is no writing.
	await mine.waitForTimeout(1000);
	await expect(mine.getByText(/^Saved/)).toHaveCount(0);
	await progress(mine).fill('The trial runs.');
	await expect(mine.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
	await progress(theirs).fill('The trial has ended.');
	await theirs.getByRole('button', { name: 'Save and go on' }).click();
	await expect(theirs.getByText('Somebody else wrote here at the same time.')).toBeVisible();
	await expect(theirs.getByRole('link', { name: 'Progress', exact: true })).toHaveAttribute(
		'href',
		'#progress_note'
	);
	await expect(progress(theirs)).toHaveValue('The trial runs.\nThe trial has ended.');
	await expect(theirs.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
	await expect(theirs.locator('.clash')).toHaveCount(1);

	// Pressed before the last letters were acknowledged, so a copy of them stays behind.
	await progress(theirs).fill('The trial has ended well.');
	await theirs.getByRole('button', { name: 'Save and leave' }).click();
	await expect(theirs).toHaveURL(/report$/);
	await mine.goto(address, { waitUntil: 'networkidle' });
	await progress(mine).fill('The trial has ended, and well.');
	await expect(mine.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
	await theirs.goto(address);
	await expect(theirs.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
	await expect(progress(theirs)).toHaveValue('The trial has ended, and well.');
	await expect(theirs.locator('.clash')).toHaveCount(0);
});

test('a session that lapses loses no word', async ({ browser }) => {
	const page = await as(browser, 'thailand');
	await page.goto('/report');
	await page.locator('.tasks li a').nth(1).click();
	await page.waitForLoadState('networkidle');
	const address = page.url();
	await page.context().clearCookies();
	await page.getByLabel('Progress', { exact: true }).fill('Written while signed out.');
	await expect(page.getByText('You are signed out.')).toBeVisible();
	await page.context().addCookies([{ name: 'waymark', value: cookies.thailand!, url: server.url }]);
	await page.goto(address);
	await expect(page.getByLabel('Progress', { exact: true })).toHaveValue('Written while signed out.');
	await expect(page.getByText(/^Saved \d\d:\d\d$/)).toBeVisible();
});

test('the office opens what a Member can not, and reports on its behalf', async ({ browser }) => {
	const page = await as(browser, 'office');
	await page.goto('/report');
	await page.getByLabel('On behalf of').selectOption('FJI');
	await page.getByRole('button', { name: 'Show' }).click();
	await page
		.getByRole('button', { name: /^No change of/ })
		.first()
		.click();
	await expect(page.locator('[data-state=ready]')).toHaveCount(1);
	await page.getByRole('link', { name: 'Check answers and submit' }).click();
	await page.getByRole('checkbox', { name: /Submit without/ }).check();
	await page.getByRole('button', { name: 'Submit 1 report' }).click();
	await expect(page.getByText("office, Vice-Chair's office, on its behalf")).toBeVisible();
	await page.goto('/meetings/rcp-29/round');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Open the round');

	const member = await as(browser, 'thailand');
	for (const path of ['/meetings/rcp-29/round', `${round}/check?entity=FJI`, '/report?entity=FJI'])
		expect((await member.goto(path))!.status(), path).toBeGreaterThanOrEqual(403);
});

test.describe('without JavaScript', () => {
	test('the whole journey works: errors by the field, no word lost to a colleague, submitted with a receipt', async ({
		browser
	}) => {
		const page = await as(browser, 'thailand', { javaScriptEnabled: false });
		await page.goto('/report');
		await page.locator('.tasks li a').first().click();
		const address = page.url();
		await page.getByRole('radio', { name: 'At risk' }).check();
		await page.getByLabel('Progress', { exact: true }).fill('First text.');
		await page.getByRole('button', { name: 'Save and go on' }).click();
		await expect(page.getByRole('alert')).toContainText('Choose where the work stands.');
		await expect(page.getByRole('alert')).toContainText('Choose the main reason');
		await expect(page.getByLabel('Progress', { exact: true })).toHaveValue('First text.');

		// The same form, open twice: what was saved in the other is shown beside, and both texts are there.
		const other = await page.context().newPage();
		await other.goto(address);
		await other.getByLabel('Progress', { exact: true }).fill('Second text.');
		await other.getByRole('button', { name: 'Save and leave' }).click();
		await page.getByLabel('Pilot', { exact: false }).first().check();
		await page.getByLabel('Main reason').selectOption('ict');
		await page.getByLabel('Progress', { exact: true }).fill('Third text.');
		await page.getByRole('button', { name: 'Save and go on' }).click();
		await expect(page.getByRole('group', { name: 'Progress: written twice' })).toContainText('Second text.');
		await expect(page.getByLabel('Progress', { exact: true })).toHaveValue('Second text.\nThird text.');
		// Whoever leaves this page finds their own text beside the other's again.
		await other.goto(address);
		await expect(other.getByText('Something you wrote is not in the draft.')).toBeVisible();
		await expect(other.getByRole('group', { name: 'Progress: written twice' })).toContainText('Third text.');
		await page.getByRole('button', { name: 'Save and go on' }).click();
		await expect(page).not.toHaveURL(address);

		// What is far too long is not kept, and what a colleague saved meanwhile is not overwritten when it is shorter.
		const here = page.url();
		await other.goto(here);
		await other.getByLabel('Next steps', { exact: true }).fill('From elsewhere.');
		await other.getByRole('button', { name: 'Save and leave' }).click();
		await page.getByLabel('Progress', { exact: true }).fill('word '.repeat(101_000));
		await page.getByRole('button', { name: 'Save and leave' }).click();
		await expect(page.getByRole('alert')).toContainText('longer than a draft can hold');
		await page.getByLabel('Progress', { exact: true }).fill('');
		await page.getByRole('button', { name: 'Save and leave' }).click();
		await page.goto(here);
		await expect(page.getByLabel('Next steps', { exact: true })).toHaveValue('From elsewhere.');
		await page.getByLabel('Next steps', { exact: true }).fill('');

		// A file that is not what it says is refused, and what was typed with it is kept.
		await page.locator('#evidence summary').click();
		await page
			.getByLabel('File')
			.setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('%PDF-1.7') });
		const steps = `Go on: ${'x'.repeat(400)}`;
		await page.getByLabel('Next steps', { exact: true }).fill(steps);
		await page.getByRole('button', { name: 'Attach' }).click();
		await expect(page.getByRole('alert')).toContainText('by its content it is a PDF file');
		await expect(page.getByLabel('Next steps', { exact: true })).toHaveValue(steps);
		await page
			.getByLabel('File')
			.setInputFiles({ name: 'photo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') });
		await page.getByRole('button', { name: 'Attach' }).click();
		await expect(page.getByRole('link', { name: 'photo.pdf' })).toBeVisible();
		await page.locator('input[value=implemented]').check();
		await page.getByRole('button', { name: 'Save and go on' }).click();

		// Signed out over a form: every field comes back, and is sent again after signing in.
		await page.getByLabel('Progress', { exact: true }).fill('Not to be lost.');
		const lost = page.url();
		await page.context().clearCookies();
		await page.getByRole('button', { name: 'Save and leave' }).click();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('You were signed out');
		await page.context().addCookies([{ name: 'waymark', value: cookies.thailand!, url: server.url }]);
		await page.getByRole('button', { name: 'Send it again' }).click();
		await page.goto(lost);
		await expect(page.getByLabel('Progress', { exact: true })).toHaveValue('Not to be lost.');
		await page.locator('input[value=implemented]').check();
		await page.getByRole('button', { name: 'Save and leave' }).click();

		await page.getByRole('link', { name: 'Add a new initiative' }).click();
		await page.getByLabel('Title').fill('Dogs at the parcel centre');
		await page.getByRole('button', { name: 'Go on to where it stands' }).click();
		await page.getByLabel('Committed', { exact: false }).first().check();
		await page.getByLabel('On track', { exact: false }).check();
		await page.getByLabel('To be done by').fill('31-02-2027');
		await page.getByRole('button', { name: 'Save and go on' }).click();
		await expect(page.getByRole('alert')).toContainText('There is no 31 February 2027.');
		await page.getByLabel('To be done by').fill('2027-12-31');
		await page.locator('details:has([name=new_milestone]) > summary').click();
		await page.getByLabel('New milestone', { exact: true }).fill('x'.repeat(400));
		await page.getByRole('button', { name: 'Save and leave' }).click();

		await page.getByRole('link', { name: /^No change for all/ }).click();
		await page.getByRole('button', { name: /^Nothing has changed: confirm all/ }).click();
		await page.getByRole('button', { name: /^Submit \d+ reports/ }).click();
		await expect(page.getByText(/THA-[A-Z0-9]{4}/).first()).toBeVisible();
		// Words without an end push no page to the side.
		await page.goto('/handover?step=promised');
		await expect(page.getByRole('cell', { name: steps })).toBeVisible();
		expect(await over(page)).toBeLessThanOrEqual(0);
		await page.goto('/initiatives?q=Dogs+at+the+parcel+centre');
		await page.getByRole('link', { name: 'Dogs at the parcel centre', exact: true }).click();
		await expect(page.getByRole('heading', { name: 'Milestones' })).toBeVisible();
		expect(await over(page)).toBeLessThanOrEqual(0);
	});
});

test('the pages have nothing that stands in anybody’s way', async ({ browser }) => {
	const page = await as(browser, 'office');
	for (const path of [
		'/report?entity=VNM',
		`${round}/demo-vnm-1?entity=VNM`,
		`${round}/check?entity=VNM`,
		`${round}/unchanged?entity=VNM`,
		`${round}/new?entity=VNM`,
		'/meetings/demonstration-round/round?entity=VNM'
	]) {
		await page.goto(path);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		const { violations } = await new AxeBuilder({ page }).analyze();
		expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]!.html}`)).toEqual([]);
		for (const width of [1440, 1024, 360]) {
			await page.setViewportSize({ width, height: 900 });
			expect(await over(page), `${path} at ${width} px`).toBeLessThanOrEqual(0);
		}
	}
});
