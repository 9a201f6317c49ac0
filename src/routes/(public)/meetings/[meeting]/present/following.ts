import type { State } from './state.ts';

/** What windows on the same deck tell each other. Panels and notes are each window's own. */
type Told = Pick<State, 'at' | 'member' | 'blank' | 'table' | 'since' | 'before'>;

const shared = ['at', 'member', 'blank', 'table', 'since', 'before'] as const;

/** Keeps windows of one browser on the same slide: tells of each change, and hears of the others'. */
export function follow(deck: string, hear: (told: Partial<State>) => void, current: () => State) {
	const channel = new BroadcastChannel(`waymark deck ${deck}`);
	channel.onmessage = ({ data }: MessageEvent<{ hello?: true; told?: Told }>) => {
		if (data.hello) tell(current());
		else if (data.told) hear(data.told);
	};
	const tell = (state: State) =>
		channel.postMessage({ told: Object.fromEntries(shared.map((key) => [key, state[key]])) });
	return {
		tell,
		/** Asks the others where they are: a window that opens later begins there. */
		ask: () => channel.postMessage({ hello: true }),
		stop: () => channel.close()
	};
}
