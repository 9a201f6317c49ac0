import { SingleBar } from 'cli-progress';

const everySeconds = 5;

/** What is shown while somebody waits: a bar on a terminal, and a line now and then in a log. To stderr, as results go to stdout. */
export function progress() {
	const bar = process.stderr.isTTY
		? new SingleBar({
				format: '{bar} {percentage}% {step}',
				hideCursor: true,
				stream: process.stderr,
				clearOnComplete: true
			})
		: undefined;
	let started = false;
	let last = Date.now();
	return {
		show({ step, done, of }: { step: string; done: number; of: number }) {
			if (bar) {
				if (!started) bar.start(of, done, { step });
				started = true;
				bar.setTotal(of);
				bar.update(done, { step });
			} else if (Date.now() - last > everySeconds * 1000) {
				last = Date.now();
				console.error(`${step}: ${of > 0 ? Math.floor((done / of) * 100) : 0} %`);
			}
		},
		stop: () => bar?.stop()
	};
}
