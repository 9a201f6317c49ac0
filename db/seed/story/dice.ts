/** Chance that comes out the same every time: mulberry32, seeded by a name, so that one entity's luck does not move another's. */
export type Dice = ReturnType<typeof dice>;

export function dice(name: string) {
	let state = 0x9e3779b9;
	for (const letter of name) state = Math.imul(state ^ letter.codePointAt(0)!, 0x01000193) >>> 0;

	function roll() {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	}

	return {
		roll,
		chance: (share: number) => roll() < share,
		between: (low: number, high: number) => low + Math.floor(roll() * (high - low + 1)),
		pick: <T>(list: readonly T[]) => list[Math.floor(roll() * list.length)]!,
		shuffle: <T>(list: readonly T[]) =>
			list
				.map((item) => ({ item, order: roll() }))
				.sort((a, b) => a.order - b.order)
				.map(({ item }) => item)
	};
}
