import { afterEach, expect, test, vi } from 'vitest';
import { watch } from '../../../src/routes/(app)/meetings/[meeting]/board/watch.ts';

afterEach(() => {
	vi.useRealTimers();
	vi.unstubAllGlobals();
});

test('a board asks until it is told no more, goes on when the network is away, and says once that it stands still', async () => {
	vi.useFakeTimers();
	const answers = [
		Response.json({ stamp: 'one' }),
		Response.json({ stamp: 'two' }),
		'no network',
		Response.json({}, { status: 503 }),
		Response.json({}, { status: 401 }),
		Response.json({ stamp: 'three' })
	];
	const ask = vi.fn(async () => {
		const answer = answers.shift();
		if (typeof answer === 'string') throw new Error(answer);
		return answer;
	});
	vi.stubGlobal('fetch', ask);
	vi.stubGlobal('document', Object.assign(new EventTarget(), { hidden: false }));
	const [onChange, onEnd] = [vi.fn(async () => {}), vi.fn()];
	watch({ address: '/stamp', stamp: () => 'one', onChange, onEnd, every: 1000 });
	await vi.advanceTimersByTimeAsync(4500);
	expect([ask.mock.calls.length, onChange.mock.calls.length, onEnd.mock.calls.length]).toEqual([4, 1, 0]);
	await vi.advanceTimersByTimeAsync(10_000);
	document.dispatchEvent(new Event('visibilitychange'));
	await vi.advanceTimersByTimeAsync(10_000);
	expect([ask.mock.calls.length, onChange.mock.calls.length, onEnd.mock.calls.length]).toEqual([5, 1, 1]);
});
