import { expect, test, type Page } from '@playwright/test';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { getDocumentProxy } from 'unpdf';

const meeting = '/meetings/rhca-25';
const formats = ['pptx', 'xlsx', 'html', 'zip', 'pdf'];

test('the pack is made while one looks elsewhere, and each file can then be had', async ({
	page,
	request
}) => {
	await page.goto(meeting);
	await page.getByRole('link', { name: 'Slides and files' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('The pack for RHCA-25');
	await expect(page.getByRole('status')).toContainText('All files are ready', { timeout: 60_000 });
	const links = page.locator('main ul h2 a');
	await expect(links).toHaveCount(formats.length);
	for (const link of await links.all()) {
		const answer = await request.get((await link.getAttribute('href'))!);
		expect(answer.status()).toBe(200);
		expect((await answer.body()).length).toBeGreaterThan(5000);
	}
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });

	test('the pack says how far it is each time one looks', async ({ page }) => {
		await page.goto('/meetings/rcp-33/pack');
		await expect
			.poll(
				async () => {
					await page.goto('/meetings/rcp-33/pack');
					return page.getByRole('status').textContent();
				},
				{ timeout: 90_000, intervals: [1000] }
			)
			.toContain('All files are ready');
	});
});

test('the offline page opens from a stick with its drawings, and asks for nothing', async ({
	page,
	request,
	context
}) => {
	const file = await request.get(`${meeting}/pack.html`);
	const body = await file.body();
	expect(body.length).toBeLessThan(1_000_000);
	const path = join(mkdtempSync(join(tmpdir(), 'waymark-stick-')), 'pack.html');
	writeFileSync(path, body);
	const asked: string[] = [];
	const complaints: string[] = [];
	page.on('request', (one) => asked.push(one.url().slice(0, 80)));
	page.on('console', (message) => complaints.push(message.text()));
	await context.setOffline(true);
	await page.goto(pathToFileURL(path).href);
	expect(asked.filter((url) => !url.startsWith('data:'))).toEqual([pathToFileURL(path).href.slice(0, 80)]);
	expect(complaints).toEqual([]);

	const chart = await (await request.get('/charts/stages.json?plan=rsp-2022-2024&meeting=rhca-25')).json();
	const whole = chart.panels[0];
	const last = whole.categories.length - 1;
	const drawing = page.locator('#overview figure svg[role=img]');
	await expect(drawing).toBeVisible();
	for (const [s, { key }] of chart.series.entries()) {
		const value = whole.values[s][last];
		if (key !== 'implemented') continue;
		await expect(drawing.locator(`rect[data-n="${value}"]`).first()).toBeVisible();
	}
	expect(await drawing.evaluate((svg) => getComputedStyle(svg).fontFamily)).toContain('Inter');
	expect(await page.evaluate(() => document.fonts.check('16px Inter'))).toBe(true);
	// The mark of a stage has its colour where it is used, too.
	const mark = await page.locator('#matrix svg[role=img] use').first().boundingBox();
	expect(mark).not.toBeNull();
	await page.setViewportSize({ width: 360, height: 800 });
	expect(await wider(page)).toBe(0);
	await page.locator('#coverage summary').click();
	await expect(page.locator('#coverage details table')).toBeVisible();
});

test('the PDF is A4, a slide on each page, with the findings and figures of the slides', async ({
	request
}) => {
	const chart = await (await request.get('/charts/coverage.json?plan=rsp-2022-2024&meeting=rhca-25')).json();
	const file = await request.get(`${meeting}/pack.pdf`, { timeout: 90_000 });
	expect(file.headers()['content-type']).toBe('application/pdf');
	const document = await getDocumentProxy(new Uint8Array(await file.body()));
	const texts: string[] = [];
	for (let n = 1; n <= document.numPages; n++) {
		const page = await document.getPage(n);
		const { width, height } = page.getViewport({ scale: 1 });
		expect([Math.round(width), Math.round(height)]).toEqual([842, 595]);
		const { items } = await page.getTextContent();
		texts.push(
			items
				.map((item) => ('str' in item ? item.str : ''))
				.join(' ')
				.replace(/\s+/g, ' ')
		);
	}
	const html = await (await request.get(`${meeting}/pack.html`)).text();
	const slides = html.match(/<section class="slide"/g)!.length;
	expect(document.numPages).toBe(slides + 1);
	const coverage = texts.find((text) => text.includes('Who reported'))!;
	expect(coverage).toContain('of the 420 initiatives expected were reported on');
	const { categories, values } = chart.panels[0];
	for (const [s] of chart.series.entries())
		expect(coverage).toContain(` ${values[s][categories.length - 1]} `);
	for (const text of texts.slice(1)) expect(text).toContain('Method 1.0');
});

test('one-page reports and what is on them fit one side of A4', async ({ page }) => {
	await page.emulateMedia({ media: 'print' });
	// A side of A4 within its margins.
	await page.setViewportSize({ width: 718, height: 1043 });
	for (const path of [
		...['FJI', 'THA', 'CHN', 'PHL', 'rocb-ap'].map((id) => `/members/${id}/one-page`),
		...['FA1', 'FA2', 'FA3'].map((code) => `/plans/rsp-2022-2024/${code}/one-page`)
	]) {
		await page.goto(path);
		const paper = page.locator('.paper');
		const [needed, there] = await paper.evaluate((one) => [one.scrollHeight, one.clientHeight]);
		expect(needed, path).toBeLessThanOrEqual(there!);
		await expect(paper.getByText('Cleared by')).toBeVisible();
		await expect(page.getByRole('navigation').first()).toBeHidden();
		const printed = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
		expect(printed.numPages, path).toBe(1);
	}
});

test('the regional report is one document whose contents lead into it', async ({ page }) => {
	await page.goto(`${meeting}/report`);
	const contents = page.getByRole('navigation', { name: 'Contents' }).getByRole('link');
	const count = await contents.count();
	expect(count).toBeGreaterThan(10);
	for (const link of await contents.all()) {
		const id = decodeURIComponent((await link.getAttribute('href'))!.slice(1));
		await expect(page.locator(`[id="${id}"]`)).toHaveCount(1);
	}
	await expect(page.locator('script[src], link[rel=modulepreload]')).toHaveCount(0);
	expect(await wider(page)).toBe(0);
});

function wider(page: Page) {
	return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
