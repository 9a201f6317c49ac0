import { shortDay } from '#lib/domain/dates.ts';
import { monthOf } from '../sentence.ts';
import type { ChartSpec } from '../spec.ts';
import { escape } from './svg/text.ts';
import { table, type Cell, type Table } from './table.ts';

/**
 * The table as markup. Written here rather than in a component, because a page with many figures carries it several
 * hundred times: a cell takes half the bytes without the framework's marks.
 */
export function html(spec: ChartSpec, { links = true } = {}): string {
	return markup(table(spec), { links });
}

/** Any table as markup. `origin` goes before each link, for a page that is read elsewhere; there may be no links at all. */
export function markup({ caption, columns, rows }: Table, { links = true, origin = '' } = {}): string {
	const content = (cell: Cell, c: number) => {
		const said = words(cell, columns[c]!.key);
		return cell.href && links && said !== none ? `<a href="${origin}${escape(cell.href)}">${said}</a>` : said;
	};
	const name = Math.max(
		columns.findIndex(({ key }) => key === 'key' || key === 'entity'),
		0
	);
	const number = columns.map(({ numeric }) => (numeric ? ' class="number"' : ''));
	const head = columns.map(({ label }, c) => `<th scope="col"${number[c]}>${escape(label)}</th>`).join('');
	const row = (cells: Cell[]) =>
		cells
			.map((cell, c) =>
				c === name ? `<th scope="row">${content(cell, c)}</th>` : `<td${number[c]}>${content(cell, c)}</td>`
			)
			.join('');
	return `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.map((cells) => `<tr>${row(cells)}</tr>`).join('')}</tbody></table>`;
}

const none = '–';

/** A day has its month in letters; of a meeting's the month is said, as in the drawing: not every day is known. */
function words({ value }: Cell, key: string) {
	if (value === null || value === '') return none;
	if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value))
		return key === 'date' ? monthOf(value) : shortDay(value);
	return escape(typeof value === 'number' ? value.toLocaleString('en-GB') : value);
}
