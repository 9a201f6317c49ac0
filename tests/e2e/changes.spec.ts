import { expect, test, type Page } from '@playwright/test';

async function sheets(page: Page, size: { format: string } | { preferCSSPageSize: true }) {
	const paper = (await page.pdf({ ...size, printBackground: true })).toString('latin1');
	return paper.match(/\/Type\s*\/Page\b[^s]/g)!.length;
}

test('what changed between any two meetings is one side of A4', async ({ page }) => {
	for (const path of [
		'/meetings/rcp-33/changes',
		'/meetings/rhca-25/changes?from=rcp-31',
		'/meetings/rhca-23/changes?basis=presented',
		'/meetings/rcp-33/changes?plan=sp-2022-2025'
	]) {
		await page.goto(path, { waitUntil: 'networkidle' });
		expect([path, await sheets(page, { format: 'A4' })]).toEqual([path, 1]);
		expect([path, await sheets(page, { preferCSSPageSize: true })]).toEqual([path, 1]);
	}
});

test('the later meeting asked for first is exchanged, and a meeting with itself is a sentence', async ({
	page
}) => {
	await page.goto('/meetings/rcp-32/changes?from=rcp-33');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('What changed from RCP-32 to RCP-33');
	await page.goto('/meetings/rcp-32/changes?from=rcp-32');
	await expect(page.getByText('RCP-32 compared with itself: nothing can have changed')).toBeVisible();
	await expect(page.getByLabel('Compared with')).toBeVisible();
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the office writes its own words, with figures that are links, and can go back', async ({ page }) => {
		const changes = '/meetings/rhca-24/changes?plan=rsp-2022-2024&from=rhca-23';
		await page.goto(changes);
		await expect(page.getByRole('link', { name: 'Edit these words' })).toHaveCount(0);
		await page.goto('/sign-in');
		await page.getByRole('button', { name: /Vice-Chair/ }).click();

		await page.goto(changes);
		await page.getByRole('link', { name: 'Edit these words' }).click();
		await page.getByLabel('Words').fill('So much moved: {upp}.');
		await page.getByRole('button', { name: 'Keep these words' }).click();
		await expect(page.getByRole('alert')).toContainText('There is no figure called "upp"');
		await page.getByLabel('Words').fill('So much moved: {up initiatives}.');
		await page.getByRole('button', { name: 'Keep these words' }).click();

		const link = page.getByRole('link', { name: /^\d+ initiatives$/ });
		await expect(link.first()).toHaveAttribute('href', /moved=up/);
		await expect(page.getByText('So much moved:').first()).toBeVisible();
		await page.getByRole('link', { name: 'Edit these words' }).click();
		await page.getByRole('button', { name: /Go back to what is written/ }).click();
		await expect(page.getByText('So much moved:')).toHaveCount(0);
	});
});
