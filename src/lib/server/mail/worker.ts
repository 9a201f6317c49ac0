import { randomUUID } from 'node:crypto';
import type { Db } from '#db/open.server.ts';
import { log } from '../log.ts';
import type { Settings } from '../settings.ts';
import { deliver, isWaiting } from './delivery.ts';
import { queue } from './digests.ts';
import { connect } from './transport.ts';

/** How often it looks for mail, and for whom a digest is due. */
const often = 5_000;
const minute = 60_000;

type Worker = { wake: () => void; stop: () => Promise<void> };
let worker: Worker | undefined;

/** Begins to look after the mail, in the background of this process. Without a mail server there is nothing to do. */
export function start(db: Db, settings: Settings, clock = () => new Date()) {
	worker = settings.SMTP_URL ? begin(db, settings, clock) : undefined;
}

/** Sends what waits now rather than within seconds. Call it when what put a mail into the outbox has been committed. */
export function wake() {
	worker?.wake();
}

/** Ends after the mail in hand, and before the database is closed. */
export async function stop() {
	await worker?.stop();
	worker = undefined;
}

function begin(db: Db, settings: Settings, clock: () => Date): Worker {
	const holder = randomUUID();
	let ended = false;
	let running: Promise<void> | undefined;
	let timer: NodeJS.Timeout;

	function after(ms: number) {
		clearTimeout(timer);
		if (!ended) timer = setTimeout(go, ms).unref();
	}
	let again = false;
	function go() {
		again = false;
		running ??= round().finally(() => {
			running = undefined;
			after(again ? 0 : often);
		});
	}
	let looked = -Infinity;
	/** Writes the digests that are due and sends what waits. */
	async function round() {
		try {
			if (performance.now() - looked >= minute) {
				looked = performance.now();
				await queue(db, settings, clock());
			}
			if (await isWaiting(db, clock())) await send();
		} catch (err) {
			if (!ended) log.error({ err }, 'looking after the mail failed');
		}
	}
	async function send() {
		const line = connect(settings);
		try {
			await deliver(db, { holder, clock, send: line.send, isEnding: () => ended });
		} finally {
			line.close();
		}
	}
	function wake() {
		if (running) again = true;
		else after(0);
	}
	after(1000);
	return {
		wake,
		stop: async () => {
			ended = true;
			clearTimeout(timer);
			await running;
		}
	};
}
