import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { pages } from '../support/pages.ts';

for (const colorScheme of ['light', 'dark'] as const) {
	test.describe(colorScheme, () => {
		test.use({ colorScheme });
		for (const [name, path] of Object.entries(pages)) {
			test(`${name} has nothing that keeps somebody out`, async ({ page }) => {
				await page.goto(path, { waitUntil: 'networkidle' });
				const { violations } = await new AxeBuilder({ page }).analyze();
				expect(violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)])).toEqual([]);
			});
		}
	});
}
