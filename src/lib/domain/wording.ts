/** A figure that words can hold, by its name: `up`, `FA1.silent`. */
export type Figure = {
	/** As a number where it is one; a share or a difference is only words. */
	value: number | null;
	words: string;
	href: string | null;
	/** What it is, for whoever writes the words: "Moved up". */
	label: string;
};
export type Figures = Readonly<Record<string, Figure>>;

/** A piece of a text: plain words, or a figure that leads to the list behind it. */
export type Piece = { text: string; figure?: string; href?: string | null };

const units: Record<string, { one: string; many: string }> = {
	initiatives: { one: 'initiative', many: 'initiatives' },
	Members: { one: 'Member', many: 'Members' }
};

/** `{up}` is the number, `{up initiatives}` the number with its word: "1 initiative", "no initiatives". */
const slot = /\{([^{}\s]+)(?: (initiatives|Members))?\}/g;

/** Longest text that still leaves room for the rest on one side of paper. */
export const longest = 3000;

/** The text with its figures as they are now: paragraphs of pieces. A figure that is not here stays as it was written. */
export function fill(words: string, figures: Figures): Piece[][] {
	return words
		.split(/\n+/)
		.map((line) => line.trim())
		.filter(Boolean)
		.map((line) => paragraph(line, figures));
}

function paragraph(line: string, figures: Figures): Piece[] {
	const pieces: Piece[] = [];
	let at = 0;
	for (const found of line.matchAll(slot)) {
		const [whole, key = '', unit] = found;
		const figure = own(figures, key);
		if (!figure) continue;
		if (found.index > at) pieces.push({ text: line.slice(at, found.index) });
		const said = unit ? counted(figure, units[unit]!) : figure.words;
		pieces.push({ text: begins(line, found.index) ? capital(said) : said, figure: key, href: figure.href });
		at = found.index + whole.length;
	}
	if (at < line.length) pieces.push({ text: line.slice(at) });
	return pieces;
}

/** The text as it is read, without links. */
export function plain(words: string, figures: Figures): string {
	return fill(words, figures)
		.map((pieces) => pieces.map(({ text }) => text).join(''))
		.join('\n');
}

/** What is wrong with words somebody wrote, in a sentence; nothing when they can be kept. */
export function fault(words: string, figures: Figures): string | undefined {
	if (words.length > longest)
		return `Keep the text under ${longest.toLocaleString('en-GB')} characters, so that it fits on one side of paper; it has ${words.length.toLocaleString('en-GB')}.`;
	const unknown = [...words.matchAll(slot)].find(([, key = '']) => !own(figures, key));
	if (unknown)
		return `There is no figure called "${unknown[1]}". Take one from the list, or leave the braces out.`;
	if (/[{}]/.test(words.replace(slot, '')))
		return 'A figure is written as its name in braces, such as {up} or {up initiatives}. Close each brace, or leave it out.';
	return undefined;
}

function own(figures: Figures, key: string): Figure | undefined {
	return Object.hasOwn(figures, key) ? figures[key] : undefined;
}

function counted({ value, words }: Figure, unit: { one: string; many: string }) {
	if (value === null) return words;
	return value === 0 ? `no ${unit.many}` : `${words} ${value === 1 ? unit.one : unit.many}`;
}

/** At the beginning of a sentence. */
function begins(line: string, at: number) {
	return /(^|[.!?]\s+)$/.test(line.slice(0, at));
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
