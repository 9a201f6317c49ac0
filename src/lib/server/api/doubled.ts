/** The first field that an object names twice: reading JSON keeps the last, and what the other said would be lost in silence. `given` is what reading it gave. */
export function doubled(json: string, given: unknown): string | undefined {
	// Most have a colon for each field and no other: then nothing is there twice.
	if (json.split(':').length - 1 === Object.keys(given ?? {}).length) return undefined;
	const seen = new Set<string>();
	let depth = 0;
	let [from, text] = [-1, ''];
	for (const { 0: sign, index } of json.matchAll(/\\.|["{}[\]:]/g)) {
		if (sign === '"') {
			if (from >= 0) text = json.slice(from, index + 1);
			from = from >= 0 ? -1 : index;
		} else if (from >= 0) continue;
		else if (sign !== ':') depth += sign === '{' || sign === '[' ? 1 : -1;
		else if (depth === 1) {
			const name: string = JSON.parse(text);
			if (seen.has(name)) return name;
			seen.add(name);
		}
	}
	return undefined;
}
