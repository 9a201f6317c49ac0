/** The leftovers of a word processor in what was pasted: comments and style sheets that were never meant to be read. */
const leftovers = [
	/<!--\[if [\s\S]*?<!\[endif\]-->/gi,
	/<!--\s*\/\* (?:Font|Style) Definitions \*\/[\s\S]*?-->/gi,
	/\/\* Style Definitions \*\/\s*table\.MsoNormalTable\s*\{[^}]*\}/gi,
	/<\/?o:p>/gi
];

/** Signs that stand for a bullet at the beginning of a line, private ones of symbol fonts too. */
const bullet = /^[ \t]*[•·▪◦‣●○■□➢✓\u00A7\uF0B7\uF0A7\uF0D8\uF0FC\uF076][ \t]*/gmu;

/** Signs that can not be seen and turn the direction of what follows, our own words too. Every script can be written without them. */
const turning = /[\u202A-\u202E\u2066-\u2069]/g;

/** The text without what would turn the words around it. */
export function straight(text: string): string {
	return text.replace(turning, '');
}

/**
 * A text as people type or paste it, made fit to keep: one kind of line break and of space, bullets as dashes, nothing that can
 * not be seen or was never written by a person. Quotes, dashes and every script stay as they are: joiners too, which
 * some scripts can't be written without. Markup stays text. Cleaning twice changes nothing more.
 */
export function clean(text: string): string {
	let kept = straight(text.toWellFormed()).replace(/\r\n?|\u2028|\u2029/g, '\n');
	for (const junk of leftovers) kept = kept.replace(junk, '');
	return (
		kept
			.replace(/[\u00AD\u200B\u2060\uFEFF]/g, '')
			.replace(/[\u00A0\u202F]/g, ' ')
			.replace(/\f|\v/g, '\n')
			.replace(/(?![\n\t])\p{Cc}/gu, '')
			// What stands at the beginning is known once nothing stands before it.
			.trim()
			.replace(bullet, '- ')
			.replace(/^[ \t]*o\t+/gm, '- ')
			.replace(/[ \t]+$/gm, '')
			.trim()
	);
}

/** How many words a text has, in any script. */
export function words(text: string): number {
	let n = 0;
	for (const part of segmenter.segment(text)) if (part.isWordLike) n++;
	return n;
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });
