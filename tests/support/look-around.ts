import type { BrowserContext, Page } from '@playwright/test';

const cookies = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();

/** Signs a browser in as somebody of the demonstration, by the one press that is offered there; the next browser goes on with it. */
export async function lookAroundAs(page: Page, name: string) {
	const kept = cookies.get(name);
	if (kept) return page.context().addCookies(kept);
	await page.goto('/sign-in');
	await page.getByRole('button', { name }).first().click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	cookies.set(name, await page.context().cookies());
}
