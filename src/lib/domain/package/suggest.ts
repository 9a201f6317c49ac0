/** The option somebody most likely meant by a word, or undefined when none is near. */
export function suggest(word: string, options: Iterable<string>): string | undefined {
	const wanted = plain(word).slice(0, 100);
	if (wanted === '') return undefined;
	let best: string | undefined;
	let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
	for (const option of options) {
		const far = plain(option) === wanted ? 0 : distance(wanted, plain(option));
		if (far < least) [best, least] = [option, far];
	}
	return best;
}

/** Case, spaces, hyphens and underscores are what people get wrong first. */
function plain(word: string) {
	return word
		.trim()
		.toLowerCase()
		.replace(/[\s-]+/g, '_');
}

/** How many letters to add, drop, change or swap with their neighbour. */
function distance(a: string, b: string) {
	let before: number[] = [];
	let row = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let least = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
				least = Math.min(least, before[j - 2]! + 1);
			next.push(least);
		}
		before = row;
		row = next;
	}
	return row[b.length]!;
}
