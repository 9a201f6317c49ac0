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
	const content = (cell: Cell) => {
		const said = words(cell);
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
				c === name ? `<th scope="row">${content(cell)}</th>` : `<td${number[c]}>${content(cell)}</td>`
			)
			.join('');
	return `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.map((cells) => `<tr>${row(cells)}</tr>`).join('')}</tbody></table>`;
}

const none = '–';

function words({ value }: Cell) {
	if (value === null || value === '') return none;
	return escape(typeof value === 'number' ? value.toLocaleString('en-GB') : value);
}
