import { unzip } from './unzip.ts';
import { elements, expectWellFormed, textOf } from './xml.ts';

export type ReadCell = { value: string | number; type: 'text' | 'number' | 'formula'; format: string };

/** A workbook's sheets by name, each with its cells by address, read from its XML by other code than wrote it. */
export async function readXlsx(bytes: Uint8Array) {
	const files = await unzip(bytes);
	const xml = (name: string) => {
		const found = files.get(name);
		if (!found) throw new Error(`The workbook has no ${name}.`);
		const text = found.toString('utf8');
		expectWellFormed(text);
		return text;
	};
	const strings = elements(xml('xl/sharedStrings.xml'), 'si').map(({ body }) =>
		elements(body, 't')
			.map(({ body }) => textOf(body))
			.join('')
			.replace(/_x([\dA-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
	);
	const targets = new Map(
		elements(xml('xl/_rels/workbook.xml.rels'), 'Relationship').map(({ attributes }) => [
			attributes.Id,
			attributes.Target!
		])
	);
	const styles = xml('xl/styles.xml');
	const codes = new Map(
		elements(styles, 'numFmt').map(({ attributes }) => [attributes.numFmtId, attributes.formatCode!])
	);
	const formats = elements(elements(styles, 'cellXfs')[0]!.body, 'xf').map(
		({ attributes: { numFmtId = '0' } }) => codes.get(numFmtId) ?? builtIn[numFmtId] ?? numFmtId
	);
	const sheets = new Map<string, Map<string, ReadCell>>();
	for (const { attributes } of elements(xml('xl/workbook.xml'), 'sheet')) {
		const path = targets.get(attributes['r:id'])!.replace(/^\/?(xl\/)?/, 'xl/');
		sheets.set(attributes.name!, cellsOf(xml(path), strings, formats));
	}
	return sheets;
}

const builtIn: Record<string, string> = { '0': 'General', '3': '#,##0', '49': '@' };

function cellsOf(xml: string, strings: string[], formats: string[]) {
	const cells = new Map<string, ReadCell>();
	for (const { attributes, body } of elements(xml, 'c')) {
		const value = elements(body, 'v')[0]?.body;
		const inline = elements(body, 'is')[0]?.body;
		if (value === undefined && inline === undefined) continue;
		const format = formats[Number(attributes.s ?? 0)] ?? 'General';
		if (/<f[\s>]/.test(body)) cells.set(attributes.r!, { value: textOf(body), type: 'formula', format });
		else if (attributes.t === 's')
			cells.set(attributes.r!, { value: strings[Number(value)]!, type: 'text', format });
		else if (attributes.t === 'inlineStr')
			cells.set(attributes.r!, { value: textOf(inline!), type: 'text', format });
		else cells.set(attributes.r!, { value: Number(value), type: 'number', format });
	}
	return cells;
}

/** The rows of a sheet as values. */
export function rowsOf(cells: ReadonlyMap<string, ReadCell>) {
	const rows: (string | number | undefined)[][] = [];
	for (const [address, { value }] of cells) {
		const [, letters = '', number = ''] = /^([A-Z]+)(\d+)$/.exec(address) ?? [];
		const column = [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1;
		(rows[Number(number) - 1] ??= [])[column] = value;
	}
	return rows;
}
