import { expect, test } from '@playwright/test';

test('every number on the overview leads to a list with as many rows as the number said', async ({
	page
}) => {
	await page.goto('/');
	const links = await page
		.locator('main a[href*="/initiatives?"]')
		.evaluateAll((all) =>
			all.map((link) => ({ href: link.getAttribute('href')!, text: link.textContent!.trim() }))
		);
	const numbered = links
		.map(({ href, text }) => ({ href, text, said: text.replaceAll(',', '').match(/^\d+/)?.[0] }))
		.filter(({ said }) => said !== undefined);
	expect(numbered.length).toBeGreaterThan(8);
	for (const { href, text, said } of numbered) {
		const list = await (await page.request.get(href)).text();
		const total = list.match(/data-total="(\d+)"/)?.[1];
		expect.soft(total, `"${text}" leads to ${href}`).toBe(said);
	}
});

test('choosing another meeting is one action and changes the address', async ({ page }) => {
	await page.goto('/', { waitUntil: 'networkidle' });
	await page
		.getByLabel(/meeting/i)
		.first()
		.selectOption({ value: 'rcp-32' });
	await expect(page).toHaveURL(/meeting=rcp-32/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the chart answers the keyboard: arrow keys read its bars aloud', async ({ page }) => {
	await page.goto('/', { waitUntil: 'networkidle' });
	const chart = page.locator('figure .box').first();
	await chart.scrollIntoViewIfNeeded();
	const stage = chart.getByRole('application');
	await expect(stage).toBeVisible();
	await stage.focus();
	await page.keyboard.press('ArrowRight');
	await expect(stage.locator('[aria-live]')).toHaveText(/\d/);
});
