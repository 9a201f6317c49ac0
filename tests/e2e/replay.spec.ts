import { expect, test, type Page } from '@playwright/test';

const open = async (page: Page, query = '') => {
	await page.goto(`/replay?plan=rsp-2022-2024${query}`, { waitUntil: 'networkidle' });
	return page.getByRole('region', { name: 'Replay', exact: true });
};
const step = (page: Page) => page.locator('.steps [aria-current="step"] strong');

test('the keys step through the meetings, the address holds the step, and nothing is asked of the server', async ({
	page
}) => {
	await open(page);
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	const names = await page.locator('.steps strong').allTextContents();
	await page.keyboard.press('ArrowRight');
	await expect(step(page)).toHaveText(names[1]!);
	await expect(page).toHaveURL(/at=[^&]+/);
	await page.keyboard.press('End');
	await expect(step(page)).toHaveText(names.at(-1)!);
	await page.keyboard.press('ArrowRight');
	await expect(step(page)).toHaveText(names.at(-1)!);
	await page.keyboard.press('Home');
	await page.keyboard.press(' ');
	await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
	await expect(step(page)).toHaveText(names[1]!);
	await expect(step(page)).toHaveText(names[2]!);
	await page.keyboard.press(' ');
	const stopped = page.url();
	expect(asked).toEqual([]);

	await page.goto(stopped);
	await expect(step(page)).toHaveText(names[2]!);
});

test('what is carried or missing stands still from one meeting to the next; what moves was reported', async ({
	page
}) => {
	const player = await open(page, '&show=matrix');
	const marks = () =>
		player.locator('td .ladder .mark').evaluateAll((all) =>
			all.map((mark) => ({
				look: [...mark.classList].find((name) =>
					['reported', 'confirmed', 'carried', 'missing', 'none'].includes(name)
				),
				rung: (mark as HTMLElement).style.getPropertyValue('--rung')
			}))
		);
	const steps = await page.locator('.steps li').count();
	let before = await marks();
	let moved = 0;
	let still = 0;
	for (let i = 1; i < steps; i++) {
		await page.keyboard.press('ArrowRight');
		const now = await marks();
		now.forEach(({ look, rung }, cell) => {
			if (before[cell]!.look === 'none' || look === 'none') return;
			if (look === 'carried' || look === 'missing') {
				still++;
				expect(rung).toBe(before[cell]!.rung);
			} else if (rung !== before[cell]!.rung) moved++;
		});
		before = now;
	}
	expect(moved).toBeGreaterThan(20);
	expect(still).toBeGreaterThan(20);
});

test.describe('where the system asks for less motion', () => {
	test.use({ reducedMotion: 'reduce' });
	test('marks do not slide', async ({ page }) => {
		await open(page, '&show=matrix');
		const seconds = await page
			.locator('td .ladder .mark')
			.first()
			.evaluate((mark) => parseFloat(getComputedStyle(mark).transitionDuration));
		expect(seconds).toBeLessThan(0.001);
	});
});

test('they slide otherwise', async ({ page }) => {
	await open(page, '&show=matrix');
	const seconds = await page
		.locator('td .ladder .mark')
		.first()
		.evaluate((mark) => parseFloat(getComputedStyle(mark).transitionDuration));
	expect(seconds).toBeGreaterThan(0.3);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('links lead forward and back', async ({ page }) => {
		await page.goto('/replay?plan=rsp-2022-2024');
		const names = await page.locator('.steps strong').allTextContents();
		await page.locator('.controls a[rel="next"]').click();
		await expect(step(page)).toHaveText(names[1]!);
		await page.locator('.controls a[rel="prev"]').click();
		await expect(step(page)).toHaveText(names[0]!);
		await page.locator('.steps a').last().click();
		await expect(step(page)).toHaveText(names.at(-1)!);
		await expect(page.locator('.controls a[rel="next"]')).toHaveCount(0);
	});
});
