/** One line of CSV as RFC 4180 has it, quoted only where it must be; null is an empty cell. */
export function line(cells: readonly unknown[]) {
	return cells.map(cell).join(',') + '\n';
}

function cell(value: unknown) {
	if (value === null || value === undefined) return '';
	const text = String(value);
	return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
