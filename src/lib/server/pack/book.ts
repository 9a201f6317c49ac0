import type { Deck } from '#lib/charts/deck.ts';
import { wordsOf } from '../export/chart-book.ts';
import { write } from '../workbook.ts';
import type { Sheet } from './data.ts';

/** The data of a deck as a workbook: what it is, a sheet for each chart and list, and what their columns mean. */
export function book(deck: Deck, sheets: readonly Sheet[]): Promise<Uint8Array> {
	const contents = {
		name: 'Contents',
		head: [deck.title, deck.subtitle, `${deck.as_of}. ${deck.method}.`],
		columns: [{ label: 'Sheet' }, { label: 'What it says' }, { label: 'What it counts' }],
		rows: [
			...sheets.map(({ page }) => [page.name, page.head[0] ?? '', page.head[1] ?? '']),
			['Data dictionary', 'What each column of each sheet means.', '']
		],
		foot: deck.demonstration ? ['Includes made-up demonstration reports.'] : []
	};
	const words = sheets.flatMap(({ page, means }) => means.map((word) => ({ page: page.name, ...word })));
	return write([contents, ...sheets.map(({ page }) => page), wordsOf(words)], deck.title);
}
