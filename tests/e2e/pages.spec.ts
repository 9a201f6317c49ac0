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
