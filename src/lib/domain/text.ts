/** Text as we search it: no case, no accents, no punctuation, one space between words. "Viêt Nam" and "viet nam" fold to one. */
export function fold(text: string) {
	return text
		.normalize('NFKD')
		.replace(/\p{M}+/gu, '')
		.replaceAll('ß', 'ss')
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}

/** Folded for searching, with the words once more written together: "vietnam" then finds "Viet Nam". */
export function searchable(...texts: (string | null | undefined)[]) {
	const folded = texts.filter((text) => text != null && text !== '').map((text) => fold(text as string));
	return [...new Set(folded.flatMap((text) => [text, text.replaceAll(' ', '')]))].join(' | ');
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Alphabetical as a reader expects it, the same on both databases. */
export function byName(a: { name: string }, b: { name: string }) {
	return collator.compare(a.name, b.name);
}

/** "1 initiative", "12 initiatives". */
export function count(n: number, one: string, many = `${one}s`) {
	return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}

/** A text of so many letters at most, with an ellipsis where more was said; cut between words where there are any. */
export function cut(text: string, most: number) {
	const letters = [...text.trim()];
	if (letters.length <= most) return letters.join('');
	const kept = letters.slice(0, most - 1).join('');
	return `${kept.replace(/\s+\S*$/u, '') || kept}…`;
}

/** "214 KB", "1.3 MB". */
export function bytes(n: number) {
	return n < 1_000_000 ? `${Math.max(1, Math.round(n / 1000))} KB` : `${(n / 1_000_000).toFixed(1)} MB`;
}
