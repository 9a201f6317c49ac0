type Kept<T> = { state: 'making' | 'ready' | 'failed'; value?: T; made: Promise<T>; size: number };

/**
 * Things that take long to make: one is made after the other, each once, and kept as long as there is room. What failed is
 * tried again when it is asked for again.
 */
export class Shelf<T> {
	readonly #room: number;
	readonly #most: number;
	readonly #size: (value: T) => number;
	readonly #kept = new Map<string, Kept<T>>();
	#last: Promise<unknown> = Promise.resolve();

	constructor({ room, waiting, size }: { room: number; waiting: number; size: (value: T) => number }) {
		this.#room = room;
		this.#most = waiting;
		this.#size = size;
	}

	/** How far it is; nothing where nobody has asked for it. */
	look(key: string) {
		return this.#kept.get(key);
	}

	/** The thing itself, made now if it is not there. Nothing where too many others wait to be made. */
	take(key: string, make: () => Promise<T>): Promise<T> | undefined {
		const kept = this.#kept.get(key);
		if (kept && kept.state !== 'failed') {
			// Moved to the end: the front is what nobody has asked for the longest.
			this.#kept.delete(key);
			this.#kept.set(key, kept);
			return kept.made;
		}
		if ([...this.#kept.values()].filter(({ state }) => state === 'making').length >= this.#most)
			return undefined;
		const made = this.#last.then(make);
		this.#last = made.catch(() => {});
		const entry: Kept<T> = { state: 'making', made, size: 0 };
		this.#kept.delete(key);
		this.#kept.set(key, entry);
		made.then(
			(value) => {
				Object.assign(entry, { state: 'ready', value, size: this.#size(value) });
				this.#tidy();
			},
			() => (entry.state = 'failed')
		);
		return made;
	}

	#tidy() {
		let size = [...this.#kept.values()].reduce((sum, one) => sum + one.size, 0);
		for (const [key, one] of this.#kept) {
			if (size <= this.#room) return;
			if (one.state === 'making') continue;
			this.#kept.delete(key);
			size -= one.size;
		}
	}
}
