export { escape, isolate } from '#lib/domain/markup.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** About how wide a text comes out, in pixels: rather too wide than too narrow. */
export function measure(text: string, size: number) {
	let ems = 0;
	for (const { segment } of graphemes.segment(text)) ems += widthOf(segment);
	return ems * size;
}

function widthOf(grapheme: string) {
	if (/^[iljI.,:;'|!()[\] ·]/.test(grapheme)) return 0.32;
	if (/^[ftr\-/]/.test(grapheme)) return 0.42;
	if (/^[mwMW%@→…]/.test(grapheme)) return 0.92;
	if (/^[A-Z0-9]/.test(grapheme)) return 0.68;
	if (/^[a-z]/.test(grapheme)) return 0.58;
	if (/^[\u00C0-\u052F]/.test(grapheme)) return 0.68;
	if (/^[\u0590-\u08FF]/.test(grapheme)) return 0.62;
	return 1.1;
}

/** The text, or as much of it as fits with an ellipsis. */
export function shorten(text: string, width: number, size: number) {
	if (measure(text, size) <= width) return text;
	let kept = '';
	let used = measure('…', size);
	for (const { segment } of graphemes.segment(text)) {
		used += widthOf(segment) * size;
		if (used > width) break;
		kept += segment;
	}
	return `${kept.trimEnd()}…`;
}

/** The text on so many lines at most; the last is shortened. */
export function wrap(text: string, width: number, size: number, lines: number): string[] {
	const words = text.split(/\s+/).filter(Boolean);
	const found: string[] = [];
	while (words.length > 0) {
		if (found.length === lines - 1) return [...found, shorten(words.join(' '), width, size)];
		let line = words.shift()!;
		while (words.length > 0 && measure(`${line} ${words[0]}`, size) <= width) line += ` ${words.shift()}`;
		found.push(shorten(line, width, size));
	}
	return found;
}
