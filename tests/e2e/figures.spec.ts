import { expect, test } from '@playwright/test';

test('every number on the overview leads to a list with as many rows as the number said', async ({ page }) => {
	await page.goto('/');
	const links = await page.locator('main a[href*="/initiatives?"]').evaluateAll((all) =>
		all.map((link) => ({ href: link.getAttribute('href')!, text: link.textContent!.trim() }))
	);
	const numbered = links
		.map(({ href, text }) => ({ href, text, said: text.replaceAll(',', '').match(/^\d+/)?.[0] }))
		.filter(({ said }) => said !== undefined);
	expect(numbered.length).toBeGreaterThan(8);
	for (const { href, text, said } of numbered) {
		await page.goto(href);
		const total = await page.locator('[data-total]').first().getAttribute('data-total');
		expect.soft(total, `"${text}" leads to ${href}`).toBe(said);
	}
});

test('choosing another meeting is one action and changes the address', async ({ page }) => {
	await page.goto('/', { waitUntil: 'networkidle' });
	await page.getByLabel(/meeting/i).first().selectOption({ value: 'rcp-32' });
	await expect(page).toHaveURL(/meeting=rcp-32/);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the chart answers the keyboard: arrow keys read its bars aloud', async ({ page }) => {
	await page.goto('/', { waitUntil: 'networkidle' });
	const figure = page.locator('figure:has(svg, canvas)').first();
	await figure.scrollIntoViewIfNeeded();
	await expect(figure.locator('canvas')).toBeVisible();
	await figure.locator('[tabindex="0"]').first().focus();
	await page.keyboard.press('ArrowRight');
	await expect(figure.locator('[aria-live]')).toHaveText(/\d/);
});
