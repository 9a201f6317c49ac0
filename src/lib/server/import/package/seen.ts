/**
 * Which keys a file has brought, and with what content: sixteen bytes a row, so that a million rows cost little.
 * Keys are kept as 64 random-seeded bits: two different ones meet once in millions of millions of files.
 */
export class Seen {
	size = 0;
	#slots = 1024;
	#table = new Uint32Array(this.#slots * 4);
	readonly #seed = (Math.random() * 2 ** 32) >>> 0;

	#high = 0;
	#low = 0;

	/** Remembers a key. When it was there already, says whether with the same content, and in which row. */
	add(
		key: readonly unknown[],
		content: readonly unknown[],
		row: number
	): { row: number; same: boolean } | undefined {
		if (this.size * 2 > this.#slots) this.#grow();
		this.#hash(content);
		const contentHash = this.#high;
		this.#hash(key);
		const at = this.#find(this.#high, this.#low);
		if (this.#table[at + 3] !== 0)
			return { row: this.#table[at + 3]!, same: this.#table[at + 2] === contentHash };
		this.#table[at] = this.#high;
		this.#table[at + 1] = this.#low;
		this.#table[at + 2] = contentHash;
		this.#table[at + 3] = row;
		this.size++;
		return undefined;
	}

	has(key: readonly unknown[]) {
		this.#hash(key);
		return this.#table[this.#find(this.#high, this.#low) + 3] !== 0;
	}

	/** The slot of a hash, or the free one where it would go. Rows count from 1: zero marks a free slot. */
	#find(high: number, low: number) {
		for (let slot = low & (this.#slots - 1); ; slot = (slot + 1) & (this.#slots - 1)) {
			const at = slot * 4;
			if (this.#table[at + 3] === 0) return at;
			if (this.#table[at] === high && this.#table[at + 1] === low) return at;
		}
	}

	#grow() {
		const old = this.#table;
		this.#slots *= 2;
		this.#table = new Uint32Array(this.#slots * 4);
		for (let at = 0; at < old.length; at += 4) {
			if (old[at + 3] !== 0) this.#table.set(old.subarray(at, at + 4), this.#find(old[at]!, old[at + 1]!));
		}
	}

	/** cyrb53 by bryc (public domain), both halves in full, over the parts and the gaps between them. */
	#hash(parts: readonly unknown[]) {
		let a = 0xdeadbeef ^ this.#seed;
		let b = 0x41c6ce57 ^ this.#seed;
		for (const part of parts) {
			const text = part === null ? '' : String(part);
			for (let i = 0; i < text.length; i++) {
				const code = text.charCodeAt(i);
				a = Math.imul(a ^ code, 2654435761);
				b = Math.imul(b ^ code, 1597334677);
			}
			a = Math.imul(a ^ 0x10000, 2654435761);
			b = Math.imul(b ^ 0x10000, 1597334677);
		}
		a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
		b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
		this.#high = a >>> 0;
		this.#low = b >>> 0;
	}
}
