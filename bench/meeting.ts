import type { Page } from '@playwright/test';
import { withPage } from './first-load.ts';

export type Smoothness = {
	/** Frames a second while it moved, by the middle one of all. */
	rate: number;
	/** The share of frames that came late: more than one and a half times their time. */
	late: number;
	/** Milliseconds of the longest task; 0 where none was over the 50 that a browser reports. */
	longest: number;
	steps: number;
};

/** Plays a replay from its first meeting to its last, and watches each frame and each long task. */
export function replay(url: string): Promise<Smoothness> {
	return withPage(async (page) => {
		await page.goto(url, { waitUntil: 'networkidle' });
		const steps = await page.locator('.steps li').count();
		await watch(page);
		await page.getByRole('button', { name: 'Play' }).click();
		await page.locator('.steps li:last-child [aria-current="step"]').waitFor({ timeout: 60_000 });
		await page.waitForTimeout(1000);
		return { ...(await watched(page)), steps };
	});
}

type Watched = { frames: number[]; tasks: number[] };
const key = 'waymarkWatched';

async function watch(page: Page) {
	await page.evaluate((key) => {
		const seen: Watched = { frames: [], tasks: [] };
		Object.assign(window, { [key]: seen });
		new PerformanceObserver((list) =>
			seen.tasks.push(...list.getEntries().map(({ duration }) => duration))
		).observe({
			type: 'longtask'
		});
		const frame = (at: number) => {
			seen.frames.push(at);
			requestAnimationFrame(frame);
		};
		requestAnimationFrame(frame);
	}, key);
}

async function watched(page: Page) {
	const { frames, tasks } = await page.evaluate(
		(key) => (window as unknown as Record<string, Watched>)[key]!,
		key
	);
	const times = frames.slice(1).map((at, i) => at - frames[i]!);
	const middle = [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
	return {
		rate: 1000 / middle,
		late: times.filter((time) => time > middle * 1.5).length / times.length,
		longest: Math.max(0, ...tasks)
	};
}

/** Milliseconds from a key to the next slide on the screen, for each slide of a deck in turn. */
export function steps(url: string): Promise<number[]> {
	return withPage(async (page) => {
		await page.setViewportSize({ width: 1920, height: 1080 });
		await page.goto(url, { waitUntil: 'networkidle' });
		await page.locator('.stage').waitFor();
		return page.evaluate(async () => {
			const painted = () =>
				new Promise<number>((resolve) =>
					requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
				);
			const place = () => document.querySelector('.place')!.textContent!.split('/').map(Number);
			const times: number[] = [];
			for (let [at = 1, of = 1] = place(); at < of; [at = 1] = place()) {
				const began = performance.now();
				document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight', bubbles: true }));
				times.push((await painted()) - began);
				if (place()[0] !== at + 1) throw new Error(`The key did not lead on from slide ${at}.`);
			}
			return times;
		});
	});
}
