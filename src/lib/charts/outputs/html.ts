import type { ChartSpec } from '../spec.ts';
import { escape } from './svg/text.ts';
import { table, type Cell } from './table.ts';

/**
 * The table as markup. Written here rather than in a component, because a page with many figures carries it several
 * hundred times: a cell takes half the bytes without the framework's marks.
 */
export function html(spec: ChartSpec, { links = true } = {}): string {
	const { caption, columns, rows } = table(spec);
	const name = Math.max(
		columns.findIndex(({ key }) => key === 'key' || key === 'entity'),
		0
	);
	const number = columns.map(({ numeric }) => (numeric ? ' class="number"' : ''));
	const head = columns.map(({ label }, c) => `<th scope="col"${number[c]}>${escape(label)}</th>`).join('');
	const row = (cells: Cell[]) =>
		cells
			.map((cell, c) =>
				c === name
					? `<th scope="row">${content(cell, links)}</th>`
					: `<td${number[c]}>${content(cell, links)}</td>`
			)
			.join('');
	return `<table><caption>${escape(caption)}</caption><thead><tr>${head}</tr></thead><tbody>${rows.map((cells) => `<tr>${row(cells)}</tr>`).join('')}</tbody></table>`;
}

function content({ value, href }: Cell, links: boolean) {
	if (value === null || value === '') return '–';
	const words = escape(typeof value === 'number' ? value.toLocaleString('en-GB') : value);
	return href && links ? `<a href="${escape(href)}">${words}</a>` : words;
}
