import type { Answer } from './answer.ts';

/**
 * Keeps answers for as long as nothing has changed. A stamp says what they were worked out from: the database's
 * revision and the day. Another stamp makes all of them old at once, so none has to be hunted down.
 */
export class AnswerCache {
	readonly #room: number;
	readonly #kept = new Map<string, Answer>();
	#stamp = '';
	#size = 0;

	/** `room` is in bytes, over all answers. */
	constructor(room: number) {
		this.#room = room;
	}

	get(stamp: string, key: string): Answer | undefined {
		if (stamp !== this.#stamp) return undefined;
		const answer = this.#kept.get(key);
		if (answer) {
			// Moved to the end: the front is what nobody has asked for the longest.
			this.#kept.delete(key);
			this.#kept.set(key, answer);
		}
		return answer;
	}

	/** Keeps an answer that was begun under `stamp`. What a slower request began under an older one is let go. */
	set(stamp: string, key: string, answer: Answer) {
		if (stamp !== this.#stamp) {
			if (isOlder(stamp, this.#stamp)) return;
			this.#kept.clear();
			this.#size = 0;
			this.#stamp = stamp;
		}
		this.#drop(key);
		this.#kept.set(key, answer);
		this.#size += weigh(key, answer);
		for (const oldest of this.#kept.keys()) {
			if (this.#size <= this.#room) break;
			this.#drop(oldest);
		}
	}

	get size() {
		return this.#size;
	}

	#drop(key: string) {
		const answer = this.#kept.get(key);
		if (!answer) return;
		this.#kept.delete(key);
		this.#size -= weigh(key, answer);
	}
}

/** What an answer was worked out from. Sorts by age: the day first, then the revision. */
export function stamp(revision: number, now = new Date()) {
	return `${now.toISOString().slice(0, 10)}#${String(revision).padStart(15, '0')}`;
}

function isOlder(one: string, other: string) {
	return one < other;
}

/** Headers and bookkeeping come to about a kilobyte. */
function weigh(key: string, answer: Answer) {
	return answer.body.length + key.length * 2 + 1024;
}
