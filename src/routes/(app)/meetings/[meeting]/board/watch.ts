type Watch = {
	address: string;
	stamp: () => string;
	onChange: () => Promise<unknown>;
	/** Called once when we are no longer told: whoever is here has been signed out, or may not look any more. */
	onEnd: () => void;
	every?: number;
};

/** Asks from time to time whether anything has changed, as long as somebody can see it. Gives back what stops it. */
export function watch({ address, stamp, onChange, onEnd, every = 10_000 }: Watch) {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;

	async function look() {
		clearTimeout(timer);
		if (stopped || document.hidden) return;
		try {
			const answer = await fetch(address, { headers: { accept: 'application/json' } });
			if (answer.status === 401 || answer.status === 403) {
				stop();
				onEnd();
				return;
			}
			if (answer.ok && (await answer.json()).stamp !== stamp()) await onChange();
		} catch {
			// No network: the board stays as it is, and asks again.
		}
		if (!stopped) timer = setTimeout(look, every);
	}
	const seen = () => void look();

	timer = setTimeout(look, every);
	document.addEventListener('visibilitychange', seen);
	function stop() {
		stopped = true;
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', seen);
	}
	return stop;
}
