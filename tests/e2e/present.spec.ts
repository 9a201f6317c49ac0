import { expect, test, type Page } from '@playwright/test';

const deck = '/meetings/rcp-33/present';

async function open(page: Page, query = '') {
	await page.goto(deck + query, { waitUntil: 'networkidle' });
	const stage = page.getByRole('region', { name: 'Slides', exact: true });
	await expect(stage).toBeVisible();
	return stage;
}
const shown = (page: Page) => page.locator('.place').getAttribute('data-slide');
const counted = async (page: Page) => Number((await page.locator('.place').textContent())!.split('/')[1]);

/** Every text in sight that is smaller than somebody in the last row can read. */
const tooSmall = (page: Page) =>
	page.evaluate(() => {
		const found: string[] = [];
		const walker = document.createTreeWalker(document.querySelector('.stage')!, NodeFilter.SHOW_TEXT);
		for (let node = walker.nextNode(); node; node = walker.nextNode()) {
			const parent = node.parentElement!;
			if (!node.textContent!.trim() || parent.closest('.visually-hidden, title, caption.visually-hidden'))
				continue;
			const style = getComputedStyle(parent);
			const box = parent.getBoundingClientRect();
			if (style.display === 'none' || box.width === 0 || box.height === 0) continue;
			const size = parseFloat(style.fontSize);
			if (size < 24) found.push(`${size} ${parent.tagName} ${node.textContent!.trim().slice(0, 40)}`);
		}
		for (const field of document.querySelectorAll('.stage :is(input, button)')) {
			const size = parseFloat(getComputedStyle(field).fontSize);
			if (size < 24) found.push(`${size} ${field.tagName}`);
		}
		return found;
	});

/** By how many pixels what is shown is larger than its room. */
function overflow(page: Page) {
	return page
		.locator('.stage .body')
		.evaluate((body) => Math.max(body.scrollHeight - body.clientHeight, body.scrollWidth - body.clientWidth));
}

test.describe('on a screen of 1920 by 1080', () => {
	test.use({ viewport: { width: 1920, height: 1080 } });

	test('once it is open the network can go: every slide, table, panel and spotlight works with no request', async ({
		page,
		context
	}) => {
		const faults: string[] = [];
		page.on('pageerror', (error) => faults.push(error.message));
		await open(page);
		const asked: string[] = [];
		context.on('request', (request) => asked.push(request.url()));
		await context.setOffline(true);

		const count = await counted(page);
		expect(count).toBeGreaterThan(8);
		const seen = new Set<string | null>();
		for (let i = 0; i < count; i++) {
			seen.add(await shown(page));
			await expect(page.locator('.stage h1')).not.toBeEmpty();
			const table = page.getByRole('region', { name: 'Table of figures' });
			await page.keyboard.press('t');
			if ((await shown(page)) !== 'spotlight') await expect(table.locator('tbody tr').first()).toBeVisible();
			await page.keyboard.press('t');
			await expect(table).toHaveCount(0);
			await page.keyboard.press(i % 2 ? 'Space' : 'ArrowRight');
		}
		expect(seen.size).toBe(count);

		await page.keyboard.press('/');
		const panel = page.getByRole('complementary', { name: 'Find a Member' });
		const names = await panel.getByRole('button').filter({ hasNotText: 'Close' }).allTextContents();
		expect(names.length).toBeGreaterThan(30);
		await page.keyboard.press('Escape');
		for (const name of names) {
			await page.keyboard.press('/');
			await panel.getByRole('searchbox').fill(name.toUpperCase());
			await page.keyboard.press('Enter');
			await expect(page.locator('.kicker span').first()).toHaveText(name);
			await expect(page.locator('.stage .wm rect').first()).toBeAttached();
		}
		await page.keyboard.press('t');
		await expect(page.locator('.tables tbody tr').first()).toBeVisible();
		await page.keyboard.press('t');

		for (const [key, name] of [
			['?', 'Keys'],
			['l', 'Slides']
		] as const) {
			await page.keyboard.press(key);
			await expect(page.getByRole('complementary', { name })).toBeVisible();
			await page.keyboard.press('Escape');
		}
		await page.keyboard.press('n');
		await expect(page.getByRole('complementary', { name: 'Notes' })).toBeVisible();
		await page.keyboard.press('n');
		await page.keyboard.press('b');
		await expect(page.locator('.blank')).toBeVisible();
		await page.keyboard.press('b');
		await expect(page.locator('.blank')).toHaveCount(0);

		await page.keyboard.press('Home');
		const opened = page.waitForEvent('popup');
		await page.keyboard.press('w');
		const notes = await opened;
		await expect(notes.getByRole('heading', { name: 'Notes' })).toBeVisible();
		const next = await notes.locator('.next .kicker').textContent();
		await notes.keyboard.press('ArrowRight');
		await expect(page.locator('.kicker span').first()).toHaveText(next!);
		// What the presenter looks for and reads stays out of everybody's sight.
		await notes.keyboard.press('n');
		await notes.keyboard.press('r');
		await notes.keyboard.press('/');
		await notes.getByRole('searchbox').fill('fiji');
		await expect(page.locator('.panel, .stage .notes, .stage .clock')).toHaveCount(0);
		await notes.keyboard.press('Enter');
		await expect(page.locator('.kicker span').first()).toHaveText('Fiji');

		expect(asked).toEqual([]);
		expect(faults).toEqual([]);
	});

	test('every text of every slide, its drawing, its table and every panel is 24 pixels or more, and each slide fits', async ({
		page
	}) => {
		await open(page);
		const small: string[] = [];
		const look = async (where: string) =>
			small.push(...(await tooSmall(page)).map((one) => `${where}: ${one}`));
		const count = await counted(page);
		for (let i = 0; i < count; i++) {
			const slide = (await shown(page))!;
			await look(slide);
			// A drawing takes its size from the room in the next frame.
			await expect
				.poll(() => overflow(page), { message: `${slide} is no larger than the screen` })
				.toBeLessThanOrEqual(1);
			await page.keyboard.press('n');
			// A list of names to choose from may scroll; a picture may not.
			if (slide !== 'spotlight')
				await expect
					.poll(() => overflow(page), { message: `${slide} makes room for its notes` })
					.toBeLessThanOrEqual(1);
			await page.keyboard.press('n');
			await page.keyboard.press('t');
			await look(`table of ${slide}`);
			const aside = await page
				.getByRole('region', { name: 'Table of figures' })
				.evaluateAll((tables) => tables.map((table) => table.scrollWidth - table.clientWidth));
			expect(Math.max(0, ...aside), `the table of ${slide} is wider than the screen`).toBeLessThanOrEqual(1);
			await page.keyboard.press('t');
			await page.keyboard.press('ArrowRight');
		}
		for (const key of ['n', 'c', '?', 'l', '/']) {
			await page.keyboard.press(key);
			await look(key);
			if (key !== 'n' && key !== 'c') await page.keyboard.press('Escape');
		}
		await open(page, '?slide=gone');
		await look('unknown slide');
		expect(small).toEqual([]);
	});
});

test('the slide and the Member in the light are in the address', async ({ page }) => {
	await open(page);
	await page.keyboard.press('ArrowRight');
	await page.keyboard.press('ArrowRight');
	const slide = await shown(page);
	await expect(page).toHaveURL(new RegExp(`slide=${slide}`));
	await page.reload({ waitUntil: 'networkidle' });
	expect(await shown(page)).toBe(slide);

	await page.keyboard.press('/');
	await page.getByRole('searchbox').last().fill('fij');
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/member=FJI/);
	await page.reload({ waitUntil: 'networkidle' });
	await expect(page.locator('.stage h1')).toContainText('Fiji');
	await page.keyboard.press('ArrowRight');
	expect(await shown(page)).toBe(slide);
});

test('an unknown slide is a sentence, and the deck goes on', async ({ page }) => {
	await open(page, '?slide=gone&slides=coverage,nothing,dates');
	const alert = page.getByRole('alert');
	await expect(alert).toContainText('There is no slide “gone” in this deck');
	await expect(alert).toContainText('This deck has no slide “nothing”');
	expect(await counted(page)).toBe(2);
	await alert.getByRole('button').click();
	await expect(alert).toHaveCount(0);
});

test('anybody can put slides in another order, which is then in the address', async ({ page }) => {
	await open(page);
	await page.keyboard.press('l');
	await page.getByRole('link', { name: 'Move Who reported up' }).click();
	await page.getByRole('link', { name: 'Leave Next dates out' }).click();
	await expect(page).toHaveURL(/slides=[^&]*coverage/);
	const count = await counted(page);
	await page.reload({ waitUntil: 'networkidle' });
	expect(await counted(page)).toBe(count);
	await page.keyboard.press('End');
	expect(await shown(page)).not.toBe('dates');
	await expect(page.getByRole('button', { name: /for everybody/ })).toHaveCount(0);
});

test('a second window follows, and leads', async ({ page, context }) => {
	await open(page, '?slide=coverage');
	const notes = await context.newPage();
	await notes.goto(`${deck}?view=notes`, { waitUntil: 'networkidle' });
	await expect(notes.locator('.now .kicker')).toHaveText('Who reported');
	await notes.getByRole('button', { name: 'Next', exact: true }).click();
	await expect(page.locator('.kicker span').first()).not.toHaveText('Who reported');
	await page.bringToFront();
	await page.keyboard.press('Home');
	await expect(notes.locator('.now .kicker')).toHaveText(
		(await page.locator('.kicker span').first().textContent())!
	);
});

test('printed, each slide has a page of its own', async ({ page }) => {
	await open(page);
	const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
	const sheets = paper.match(/\/Type\s*\/Page\b[^s]/g)!.length;
	// The place for a Member in the light is empty, so it is not printed.
	expect(sheets).toBe((await counted(page)) - 1);
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('the slides are one below another, with their tables, and links change their order', async ({
		page
	}) => {
		await page.goto(deck);
		await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
		const slides = page.locator('section.slide');
		const count = await slides.count();
		expect(count).toBeGreaterThan(8);
		await expect(slides.first().locator('svg.wm').first()).toBeVisible();
		await slides.first().locator('summary').click();
		await expect(slides.first().locator('.figures table')).toBeVisible();
		await page
			.getByRole('link', { name: /^Leave .* out$/ })
			.first()
			.click();
		await expect(slides).toHaveCount(count - 1);
		await page.goto(`${deck}?slide=spotlight&member=FJI`);
		await expect(page.locator('#slide-spotlight-FJI h2')).toContainText('Fiji');
	});

	test('on a telephone no column is so narrow that its words fall to pieces', async ({ page }) => {
		await page.setViewportSize({ width: 360, height: 800 });
		await page.goto(deck);
		const widths = await page
			.locator('.beside thead th:not(.number)')
			.evaluateAll((heads) =>
				heads.map((head) => head.clientWidth / parseFloat(getComputedStyle(head).fontSize))
			);
		expect(widths.length).toBeGreaterThan(4);
		expect(Math.min(...widths)).toBeGreaterThan(5.5);
	});
});
