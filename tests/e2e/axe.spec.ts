import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { lookAroundAs } from '../support/look-around.ts';
import { ownPages, pages } from '../support/pages.ts';

/** Asks for everything in the light, and in the dark, where only colours are others, for all that is said of colours. */
async function open(page: Page, path: string) {
	await page.goto(path, { waitUntil: 'networkidle' });
	expect(await barriers(new AxeBuilder({ page })), 'in the light').toEqual([]);
	await page.emulateMedia({ colorScheme: 'dark' });
	expect(await barriers(new AxeBuilder({ page }).withTags('cat.color')), 'in the dark').toEqual([]);
}

async function barriers(axe: AxeBuilder) {
	const { violations } = await axe.analyze();
	return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}

for (const [name, path] of Object.entries(pages))
	test(`${name} has nothing that keeps somebody out`, ({ page }) => open(page, path));

for (const [who, own] of Object.entries(ownPages))
	for (const [name, path] of Object.entries(own))
		test(`${name} has nothing that keeps somebody out`, async ({ page }) => {
			await lookAroundAs(page, who);
			await open(page, path);
		});
