import { expect, test, type Browser, type BrowserContextOptions } from '@playwright/test';

/** Somebody of the demonstration, signed in by one press in a browser of their own. */
async function signedIn(
	browser: Browser,
	baseURL: string,
	name: string,
	options: BrowserContextOptions = {}
) {
	const page = await (await browser.newContext({ baseURL, ...options })).newPage();
	await page.goto('/sign-in');
	await page.getByRole('button', { name }).first().click();
	await page.waitForURL((url) => url.pathname !== '/sign-in');
	return page;
}

const office = "Vice-Chair's office";
const answer = '/review/rhca-25/FJI';

for (const javaScriptEnabled of [true, false]) {
	test(`the office asks, the Member reads it, and no other Member does${javaScriptEnabled ? '' : ', without JavaScript'}`, async ({
		browser,
		baseURL
	}) => {
		const question = `Which ports, as of number ${javaScriptEnabled ? 'one' : 'two'}?`;
		const reviewer = await signedIn(browser, baseURL!, office, { javaScriptEnabled });
		await reviewer.goto(answer);
		const links = reviewer.getByRole('link', { name: /^Ask or differ/ });
		const which = javaScriptEnabled ? links.first() : links.last();
		await which.click();
		await reviewer.getByRole('button', { name: 'Ask them' }).click();
		await expect(reviewer.getByRole('alert')).toContainText('Write what you would like to know');
		await reviewer.getByLabel('Your words to them').fill(question);
		await reviewer.getByRole('button', { name: 'Ask them' }).click();
		await expect(reviewer.getByRole('status')).toContainText('Your question is kept');
		const row = reviewer.locator('.updates > li', { hasText: question });
		const initiative = (await row.getByRole('heading').getByRole('link').getAttribute('href'))!;

		const fiji = await signedIn(browser, baseURL!, 'Coordinator, Fiji', { javaScriptEnabled });
		for (const path of ['/report/rhca-25/review', initiative]) {
			await fiji.goto(path);
			await expect(fiji.getByText(question).first()).toBeVisible();
		}

		for (const name of ['Coordinator, Japan', 'Viewer', 'Administrator']) {
			const other = await signedIn(browser, baseURL!, name, { javaScriptEnabled });
			for (const path of [initiative, '/report/rhca-25/review', `${initiative}/__data.json`])
				expect(await (await other.request.get(path)).text(), `${name} at ${path}`).not.toContain(question);
			await other.context().close();
		}
		for (const page of [reviewer, fiji]) await page.context().close();
	});
}

test('the office confirms many at once, and the queue is shorter by as many', async ({
	browser,
	baseURL
}) => {
	const page = await signedIn(browser, baseURL!, office);
	await page.goto('/review?meeting=rhca-25&entity=AUS', { waitUntil: 'networkidle' });
	const total = async () => Number(await page.locator('[data-total]').getAttribute('data-total'));
	const before = await total();
	const boxes = page.getByRole('checkbox');
	await boxes.nth(0).check();
	await boxes.nth(1).check();
	await page.getByRole('button', { name: 'Confirm the chosen' }).click();
	await expect(page.getByRole('status')).toContainText('2 status updates confirmed');
	expect(await total()).toBe(before - 2);
	await page.context().close();
});

test('each count of the board leads to as many rows, and Members may not see it', async ({
	browser,
	baseURL
}) => {
	const page = await signedIn(browser, baseURL!, office);
	await page.goto('/meetings/rhca-25/board');
	const counts = await page
		.getByRole('navigation', { name: 'Show only' })
		.getByRole('link')
		.evaluateAll((all) =>
			all.map((link) => [link.getAttribute('href')!, parseInt(link.textContent!)] as const)
		);
	expect(counts.length).toBeGreaterThan(3);
	for (const [href, count] of counts) {
		await page.goto(href);
		await expect(page.locator('main table').first().locator('tbody tr')).toHaveCount(count);
	}
	await page.goto('/audit');
	await expect(page.locator('[data-chain]')).toHaveAttribute('data-chain', 'holds');
	const member = await signedIn(browser, baseURL!, 'Coordinator, Fiji');
	for (const path of ['/meetings/rhca-25/board', '/review', answer, '/audit'])
		expect((await member.request.get(path)).status(), path).toBe(403);
	for (const one of [page, member]) await one.context().close();
});

test('the words of a reminder can be edited, for one as for all, and nobody is reminded twice on a day; a board on a wall notices', async ({
	browser,
	baseURL
}) => {
	const page = await signedIn(browser, baseURL!, office, { javaScriptEnabled: false });
	const wall = await signedIn(browser, baseURL!, office);
	await wall.goto('/board', { waitUntil: 'networkidle' });
	await page.goto('/board');
	await page.getByText('The words of the reminder').first().click();
	await page.getByLabel('The words of the reminder').fill('We would love to hear from you.');
	await page.getByRole('button', { name: /^Remind all/ }).click();
	await expect(page.getByRole('status')).toContainText('on the way');
	await expect(page.getByRole('region', { name: /reminders sent/ })).toContainText(
		'We would love to hear from you.'
	);
	await page.getByRole('button', { name: /^Remind all/ }).click();
	await expect(page.getByRole('status')).toContainText('have been reminded today already');
	await expect(wall.getByRole('region', { name: /reminders? sent/ })).toContainText('We would love', {
		timeout: 45_000
	});
	for (const one of [page, wall]) await one.context().close();
});

test('a reviewer signed out over a note, or without a connection, keeps every word of it', async ({
	browser,
	baseURL
}) => {
	const page = await signedIn(browser, baseURL!, office);
	await page.goto(answer, { waitUntil: 'networkidle' });
	await page
		.getByRole('link', { name: /^Ask or differ/ })
		.first()
		.click();
	const note = page.getByLabel('Your words to them');
	await note.fill('Which ports?');
	await page.context().setOffline(true);
	await page.getByRole('button', { name: 'Ask them' }).click();
	await expect(page.getByRole('alert')).toContainText('There is no connection');
	await expect(note).toHaveValue('Which ports?');
	await page.context().setOffline(false);
	await page.context().clearCookies();
	await page.getByRole('button', { name: 'Ask them' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('You were signed out');
	await expect(page.locator('textarea[name=note]')).toHaveValue('Which ports?');
	await page.context().close();
});
