type Kept<T> = {
	state: 'making' | 'ready' | 'failed';
	value?: T;
	made: Promise<T>;
	size: number;
	until: number;
};

type Options<T> = {
	/** How much of them is kept, in what `size` gives. */
	room: number;
	/** How many may wait to be made. */
	waiting: number;
	size: (value: T) => number;
	/** For how many milliseconds one is good; for ever where this says nothing. */
	lasts?: (value: T) => number | undefined;
};

/**
 * Things that take long to make: one is made after the other, each once, and kept as long as there is room. What failed is
 * tried again when it is asked for again.
 */
export class Shelf<T> {
	readonly #room: number;
	readonly #most: number;
	readonly #size: Options<T>['size'];
	readonly #lasts: Options<T>['lasts'];
	readonly #kept = new Map<string, Kept<T>>();
	#last: Promise<unknown> = Promise.resolve();

	constructor({ room, waiting, size, lasts }: Options<T>) {
		this.#room = room;
		this.#most = waiting;
		this.#size = size;
		this.#lasts = lasts;
	}

	/** How far it is; nothing where nobody has asked for it. */
	look(key: string) {
		const kept = this.#kept.get(key);
		return kept && Date.now() < kept.until ? kept : undefined;
	}

	/** The thing itself, made now if it is not there. Nothing where too many others wait to be made. */
	take(key: string, make: () => Promise<T>): Promise<T> | undefined {
		const kept = this.look(key);
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
		const entry: Kept<T> = { state: 'making', made, size: 0, until: Infinity };
		this.#kept.delete(key);
		this.#kept.set(key, entry);
		made.then(
			(value) => {
				const until = Date.now() + (this.#lasts?.(value) ?? Infinity);
				Object.assign(entry, { state: 'ready', value, size: this.#size(value), until });
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
