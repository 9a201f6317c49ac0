type Watch = { address: string; stamp: () => string; onChange: () => Promise<unknown>; every?: number };

/** Asks from time to time whether anything has changed, as long as somebody can see it. Gives back what stops it. */
export function watch({ address, stamp, onChange, every = 10_000 }: Watch) {
	let timer: ReturnType<typeof setTimeout> | undefined;
	let stopped = false;

	async function look() {
		clearTimeout(timer);
		if (stopped || document.hidden) return;
		try {
			const answer = await fetch(address, { headers: { accept: 'application/json' } });
			if (answer.ok && (await answer.json()).stamp !== stamp()) await onChange();
		} catch {
			// No network: the board stays as it is, and asks again.
		}
		if (!stopped) timer = setTimeout(look, every);
	}
	const seen = () => void look();

	timer = setTimeout(look, every);
	document.addEventListener('visibilitychange', seen);
	return () => {
		stopped = true;
		clearTimeout(timer);
		document.removeEventListener('visibilitychange', seen);
	};
}
