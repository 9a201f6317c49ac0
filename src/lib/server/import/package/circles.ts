/** Each circle among things that hang on one another, once, as the ids along it. `above` names what one hangs on. */
export function* circles(
	ids: Iterable<string>,
	above: (id: string) => string | null | undefined
): Generator<string[]> {
	const done = new Set<string>();
	for (const start of ids) {
		const path = new Set<string>();
		let at: string | null = start;
		while (at !== null && !done.has(at) && !path.has(at)) {
			path.add(at);
			at = above(at) ?? null;
		}
		if (at !== null && path.has(at)) yield [...path].slice([...path].indexOf(at));
		for (const id of path) done.add(id);
	}
}

/** A circle in words that fit on a line: `a → b → a`. */
export function drawn(circle: readonly string[], shown: (id: string) => string) {
	const shortened = circle.length > 6 ? [...circle.slice(0, 5), '…'] : circle;
	return [...shortened, circle[0]!].map(shown).join(' → ');
}
