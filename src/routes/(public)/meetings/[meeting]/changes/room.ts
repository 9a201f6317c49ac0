// One side of A4 holds so much. What is fixed comes first; the lists share what is left.

/** Lines of the side's small type that fit, and how many characters fit on one across it, or beside the drawing. */
const lines = 82;
const across = 122;
const beside = 78;
/** A line of the text is so much higher than one of the small type. */
const higher = 1.3;
/** Title, what is compared, and where the figures come from. */
const frame = 8;
/** The drawing of the panel. */
const drawing = 18;

/** Longer than this, the text takes the whole width and pushes the drawing down. */
export const longText = 1500;

/** Parts of the plan and Members that are named; of more, how many more there are. */
export const most = { elements: 10, entities: 75 };

type Side = { text: string; elements: number; entities: number };

/** How many lines are left for the lists, in two columns. */
export function left({ text, elements, entities }: Side): number {
	const long = text.length > longText;
	const paragraphs = text.split('\n');
	const written = paragraphs.reduce(
		(sum, words) => sum + Math.ceil(words.length / (long ? across : beside)) * higher + 0.5,
		0
	);
	const head = long ? written + drawing : Math.max(written, drawing);
	const table = 3 + Math.min(elements, most.elements) * 1.25;
	const names = 2 + Math.ceil(Math.min(entities, most.entities) / 3);
	return Math.max(0, Math.floor(lines - frame - head - table - names)) * 2;
}

/**
 * How many rows of each list fit when all share so many lines. Each has its heading and, where it is cut, a line that says
 * how many more there are. In turns, so that a short list leaves its room to the others.
 */
export function share(totals: readonly number[], lines: number): number[] {
	const rows = totals.map(() => 0);
	const height = () =>
		totals.reduce((sum, total, i) => sum + (total > 0 ? 1 + rows[i]! + (rows[i]! < total ? 1 : 0) : 0), 0);
	for (let grew = true; grew;) {
		grew = false;
		for (const [i, total] of totals.entries()) {
			if (rows[i]! >= total) continue;
			rows[i]!++;
			if (height() <= lines) grew = true;
			else rows[i]!--;
		}
	}
	return rows;
}
