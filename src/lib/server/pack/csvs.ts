import type { Deck } from '#lib/charts/deck.ts';
import { cell } from '#lib/charts/outputs/csv.ts';
import { wordsOf } from '../export/chart-book.ts';
import { zip } from '../export/zip.ts';
import type { Page } from '../workbook.ts';
import type { Sheet } from './data.ts';

/** The data of a deck as a zip of CSV files, with one that says what their columns mean, and a page to begin with. */
export function csvs(deck: Deck, sheets: readonly Sheet[]): Promise<Buffer> {
	const files = sheets.map(({ id, page, means }, i) => ({
		name: fileName(id, sheets.slice(0, i)),
		page,
		means
	}));
	const words = wordsOf(files.flatMap(({ name, means }) => means.map((word) => ({ page: name, ...word }))));
	return zip([
		{ name: 'README.txt', bytes: Buffer.from(readme(deck, files)) },
		...files.map(({ name, page }) => ({ name, bytes: Buffer.from(csvOf(page)) })),
		{ name: 'data-dictionary.csv', bytes: Buffer.from(csvOf(words)) }
	]);
}

/** The table first, so that a program finds it; then, after an empty line, what it is. */
function csvOf({ head, columns, rows, foot }: Page) {
	const lines = [columns.map(({ label }) => label), ...rows, [], ...[...head, ...foot].map((line) => [line])];
	return `${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

function readme(deck: Deck, files: readonly { name: string; page: Page }[]) {
	return [
		deck.title,
		deck.subtitle,
		`${deck.as_of}. ${deck.method}.`,
		...(deck.demonstration ? ['Includes made-up demonstration reports.'] : []),
		'',
		...files.map(({ name, page }) => `${name}: ${page.head[0]}`),
		'data-dictionary.csv: What each column of each file means.',
		'',
		'UTF-8, comma, CRLF. After each table comes an empty line, and then what the table is. Text that a spreadsheet would',
		'take for a formula has an apostrophe before it.',
		''
	].join('\r\n');
}

/** "area-FA1.csv"; any other sign in a code becomes a hyphen, and what is then alike is counted. */
function fileName(id: string, before: readonly Sheet[]) {
	const plain = plainly(id);
	const alike = before.filter((one) => plainly(one.id) === plain).length;
	return `${plain}${alike > 0 ? `--${alike + 1}` : ''}.csv`;
}

const plainly = (id: string) => id.replace(/[^\w-]+/g, '-').slice(0, 60);
