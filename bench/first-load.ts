import { chromium, type CDPSession, type Page } from '@playwright/test';
import { findBrowser, launchArguments } from '../scripts/browser.ts';

export type FirstLoad = {
	requests: number;
	kilobytes: Record<'all' | 'document' | 'stylesheet' | 'script' | 'font', number>;
};

/** Opens pages in a fresh browser each, as a first visitor would. */
export async function withPage<T>(look: (page: Page, devtools: CDPSession) => Promise<T>): Promise<T> {
	const browser = await chromium.launch({ executablePath: await findBrowser(), args: launchArguments });
	try {
		const page = await browser.newPage();
		return await look(page, await page.context().newCDPSession(page));
	} finally {
		await browser.close();
	}
}

/** What crosses the wire until the page is at rest. */
export function weigh(url: string): Promise<FirstLoad> {
	return withPage(async (page, devtools) => {
		const kinds = new Map<string, string>();
		const bytes: Record<string, number> = {};
		let requests = 0;
		await devtools.send('Network.enable');
		devtools.on('Network.responseReceived', ({ requestId, type, response }) => {
			if (!response.url.startsWith('http')) return;
			requests++;
			kinds.set(requestId, type.toLowerCase());
		});
		devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
			const kind = kinds.get(requestId);
			if (kind) bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
		});
		await page.goto(url, { waitUntil: 'networkidle' });
		const of = (kind: string) => (bytes[kind] ?? 0) / 1024;
		const all = Object.keys(bytes).reduce((sum, kind) => sum + of(kind), 0);
		const kilobytes = {
			all,
			document: of('document'),
			stylesheet: of('stylesheet'),
			script: of('script'),
			font: of('font')
		};
		return { requests, kilobytes };
	});
}

/** Milliseconds until the first chart, not only its legend, is painted at 400 kbit/s, 400 ms round trip and a four times slower processor. */
export function firstChart(url: string): Promise<number> {
	return withPage(async (page, devtools) => {
		const bytesPerSecond = 400_000 / 8;
		await devtools.send('Network.enable');
		await devtools.send('Network.emulateNetworkConditions', {
			offline: false,
			latency: 400,
			downloadThroughput: bytesPerSecond,
			uploadThroughput: bytesPerSecond
		});
		await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
		await page.addInitScript(() => {
			const look = () => {
				const drawing = document.querySelector('figure svg[role="img"]');
				if (!drawing || drawing.getBoundingClientRect().height === 0) return requestAnimationFrame(look);
				// It is in the frame that is being made now; a message comes when that is painted.
				const { port1, port2 } = new MessageChannel();
				port1.onmessage = () => (document.documentElement.dataset.chartAt = String(performance.now()));
				port2.postMessage(null);
			};
			requestAnimationFrame(look);
		});
		await page.goto(url, { waitUntil: 'commit' });
		await page.waitForFunction(() => document.documentElement.dataset.chartAt);
		return Number(await page.evaluate(() => document.documentElement.dataset.chartAt));
	});
}
