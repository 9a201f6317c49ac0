import { expect, test, type Page } from '@playwright/test';
import { lookAroundAs } from '../support/look-around.ts';
import { ownPages, pages, refusals, widths } from '../support/pages.ts';

/** Opens a page at every width. It answers as it should, complains of nothing, and none of it is wider than the window. */
async function open(page: Page, baseURL: string, name: string, path: string) {
	const complaints: string[] = [];
	const status = refusals[name] ?? 200;
	page.on('pageerror', (error) => complaints.push(error.message));
	page.on('console', (message) => {
		const expected = status !== 200 && message.text().includes(String(status));
		if (message.type() === 'error' && !expected) complaints.push(message.text());
	});
	page.on('request', (request) => {
		const url = request.url();
		if (!url.startsWith(baseURL) && !url.startsWith('data:') && !url.startsWith('blob:'))
			complaints.push(`asked for ${url}`);
	});

	const answer = await page.goto(path, { waitUntil: 'networkidle' });
	expect(answer!.status()).toBe(status);
	await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
	for (const width of widths) {
		await page.setViewportSize({ width, height: 900 });
		const overflow = await page.evaluate(
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
		);
		expect(overflow, `wider than ${width} px`).toBeLessThanOrEqual(0);
	}
	expect(complaints).toEqual([]);
}

const well = 'loads without an error, fetches nothing from elsewhere, and fits its window';

for (const [name, path] of Object.entries(pages))
	test(`${name} ${well}`, ({ page, baseURL }) => open(page, baseURL!, name, path));

for (const [who, own] of Object.entries(ownPages))
	for (const [name, path] of Object.entries(own))
		test(`${name} ${well}`, async ({ page, baseURL }) => {
			await lookAroundAs(page, who);
			await open(page, baseURL!, name, path);
		});

test('what is chosen before the scripts have come stays chosen, and is kept', async ({ page }) => {
	await lookAroundAs(page, 'Viewer');
	let release = () => {};
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route('**/_app/**/*.js', async (route) => {
		await held;
		await route.continue();
	});
	await page.goto('/account', { waitUntil: 'commit' });
	const zone = page.getByLabel('Your time zone');
	await zone.selectOption('Pacific/Fiji');
	release();
	await page.waitForLoadState('networkidle');
	await expect(zone).toHaveValue('Pacific/Fiji');
	await page.getByRole('button', { name: 'Keep this' }).click();
	await expect(page.getByRole('status')).toContainText('kept');
	await expect(zone).toHaveValue('Pacific/Fiji');
	await page.reload();
	await expect(zone).toHaveValue('Pacific/Fiji');
});

test('on a telephone the links are behind one word, with scripts and without', async ({
	browser,
	baseURL
}) => {
	for (const javaScriptEnabled of [true, false]) {
		const context = await browser.newContext({
			baseURL: baseURL!,
			javaScriptEnabled,
			viewport: { width: 360, height: 740 }
		});
		const page = await context.newPage();
		await page.goto('/method', { waitUntil: 'networkidle' });
		const plans = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Plans' });
		await expect(plans).toHaveCount(0);
		await page.getByText('Menu', { exact: true }).click();
		await plans.click();
		await expect(page).toHaveURL('/plans');
		await expect(plans, 'closed again').toHaveCount(0);
		await context.close();
	}
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the overview shows its charts and their tables', async ({ page }) => {
		await page.goto('/');
		await expect(page.locator('figure .box svg').filter({ visible: true }).first()).toBeVisible();
		await page.locator('figure details summary').first().click();
		await expect(page.locator('figure table').first()).toBeVisible();
	});

	test('names are found however they are written', async ({ page }) => {
		const found = [];
		for (const name of ['Vietnam', 'Viet Nam', 'viêt nam']) {
			await page.goto('/initiatives');
			await page.getByRole('searchbox').fill(name);
			await page.getByRole('searchbox').press('Enter');
			await expect(page).toHaveURL(/q=/);
			found.push(await page.locator('[data-total]').first().getAttribute('data-total'));
		}
		expect(Number(found[0])).toBeGreaterThan(0);
		expect(new Set(found).size).toBe(1);
	});
});
