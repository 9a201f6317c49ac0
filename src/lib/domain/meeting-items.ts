import { z } from 'zod';

/** What belongs to a meeting besides its figures. */
export const itemKinds = ['agenda', 'paper', 'decision'] as const;
export type ItemKind = (typeof itemKinds)[number];

export const itemLabel: Record<ItemKind, string> = {
	agenda: 'Agenda',
	paper: 'Papers',
	decision: 'What was decided'
};

/** A line of the agenda, a paper, or a decision with its source. */
export type Item = { text: string; url: string | null };

const most = { lines: 100, characters: 500 };

/** A list as it is written: an item on each line, with its link or source at the end of it. */
export function written(items: readonly Item[]) {
	return items.map(({ text, url }) => (url ? `${text} | ${url}` : text)).join('\n');
}

/** What somebody wrote as a list. Says what is wrong with the first line that can't be taken. */
export function readItems(lines: string): Item[] | { sentence: string } {
	const found: Item[] = [];
	for (const [i, line] of lines.split(/\r?\n/).entries()) {
		if (!line.trim()) continue;
		const item = readItem(line);
		if (typeof item === 'string') return { sentence: `Line ${i + 1}: ${item}` };
		found.push(item);
	}
	return found.length > most.lines
		? { sentence: `These are ${found.length} lines. Keep it to ${most.lines}.` }
		: found;
}

function readItem(line: string): Item | string {
	const at = line.lastIndexOf('|');
	const link = at < 0 ? '' : line.slice(at + 1).trim();
	const isLink = /^[a-z][a-z0-9+.-]*:|^www\./i.test(link);
	const text = (isLink ? line.slice(0, at) : line).trim();
	if (!text) return 'Write what it is before the link.';
	if (text.length > most.characters) return `Keep it under ${most.characters} characters.`;
	if (!isLink) return { text, url: null };
	if (!/^https?:\/\/[^\s/]+/i.test(link) || !URL.canParse(link))
		return `“${link.slice(0, 60)}” is no address of a page. It begins with https://`;
	return { text, url: link };
}

/** A field for such a list. */
export const itemsField = z
	.string()
	.default('')
	.transform((lines, context) => {
		const read = readItems(lines);
		if (!('sentence' in read)) return read;
		context.addIssue({ code: 'custom', message: read.sentence });
		return z.NEVER;
	});
