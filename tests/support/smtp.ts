import { onTestFinished } from 'vitest';
import { startMailServer, type Ways } from './mail-server.ts';

export { refusal, type Arrived } from './mail-server.ts';

/** A mail server that keeps what it is sent. Gone when the test ends. */
export async function mailServer(ways: Ways = {}) {
	const { stop, ...server } = await startMailServer(ways);
	onTestFinished(stop);
	return server;
}
