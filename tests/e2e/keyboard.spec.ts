import { expect, test, type Page } from '@playwright/test';

/** Presses Tab until the wanted thing has the focus, as somebody without a mouse does; gives up after many. */
async function tabTo(page: Page, wanted: string, most = 400) {
	for (let presses = 0; presses < most; presses++) {
		await page.keyboard.press('Tab');
		if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return;
	}
	throw new Error(`Tab did not reach ${wanted} in ${most} presses.`);
}

test('with the keyboard alone: overview, matrix, a Member, one of its initiatives', async ({ page }) => {
	await page.goto('/');
	await page.keyboard.press('Tab');
	await expect(page.locator(':focus')).toHaveText(/skip to/i);
	await page.keyboard.press('Enter');
	await page.goto('/');

	await tabTo(page, 'nav a[href^="/matrix"]');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/matrix/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

	await tabTo(page, 'th a[href^="/members/FJI"]', 1500);
	const ring = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
	expect(ring).not.toBe('none');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/members\/FJI/);
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Fiji/);

	await tabTo(page, 'main a[href^="/initiatives/"]');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/\/initiatives\/[^?]+/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
