import { posix } from 'node:path';
import { unzip } from './unzip.ts';
import { elements, expectWellFormed, textOf } from './xml.ts';
import { readXlsx, rowsOf } from './xlsx.ts';

/** A presentation read from its XML by other code than wrote it. Every part of it must be well formed. */
export async function readPptx(bytes: Uint8Array) {
	const files = await unzip(bytes);
	for (const [name, file] of files) if (/\.(xml|rels)$/.test(name)) expectWellFormed(file.toString('utf8'));
	const text = (name: string) => files.get(name)!.toString('utf8');
	const names = [...files.keys()];
	const count = names.filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name)).length;
	const slides = [];
	for (let n = 1; n <= count; n++) {
		const xml = text(`ppt/slides/slide${n}.xml`);
		const related = relations(text(`ppt/slides/_rels/slide${n}.xml.rels`), 'ppt/slides');
		const notes = related.find((name) => name.includes('notesSlide'))!;
		const charts = [];
		for (const name of related.filter((name) => /charts\/chart\d+\.xml$/.test(name))) {
			const [book] = relations(text(name.replace('charts/', 'charts/_rels/') + '.rels'), 'ppt/charts');
			const sheet = (await readXlsx(files.get(book!)!)).get('Sheet1')!;
			charts.push({ xml: text(name), series: seriesOf(text(name)), data: rowsOf(sheet), cells: sheet });
		}
		slides.push({
			xml,
			texts: paragraphs(xml),
			tables: elements(xml, 'a:tbl').map(({ body }) =>
				elements(body, 'a:tr').map(({ body }) => elements(body, 'a:tc').map(({ body }) => runs(body)))
			),
			notes: paragraphs(text(notes)),
			alt: elements(xml, 'p:graphicFrame')
				.filter(({ body }) => body.includes('c:chart'))
				.map(({ body }) => elements(body, 'p:cNvPr')[0]!.attributes.descr),
			ids: elements(xml, 'p:cNvPr').map(({ attributes }) => attributes.id),
			charts
		});
	}
	return { files, slides, masters: names.filter((name) => /^ppt\/slideMasters\/[^/]+\.xml$/.test(name)) };
}

function relations(xml: string, folder: string) {
	return elements(xml, 'Relationship').map(({ attributes }) =>
		attributes.Target!.startsWith('/') ? attributes.Target!.slice(1) : posix.join(folder, attributes.Target!)
	);
}

function paragraphs(xml: string) {
	return elements(xml, 'a:p')
		.map(({ body }) => runs(body))
		.filter((text) => text !== '');
}

const runs = (xml: string) =>
	elements(xml, 'a:t')
		.map(({ body }) => textOf(body))
		.join('');

function seriesOf(xml: string) {
	return elements(xml, 'c:ser').map(({ body }) => {
		const cached = (part: string) => {
			const found = elements(body, part)[0]!.body;
			const values: (string | undefined)[] = [];
			for (const { attributes, body } of elements(found, 'c:pt'))
				values[Number(attributes.idx)] = textOf(elements(body, 'c:v')[0]!.body);
			return values;
		};
		return {
			name: cached('c:tx')[0],
			categories: cached('c:cat'),
			values: cached('c:val').map((value) => (value === undefined ? undefined : Number(value)))
		};
	});
}
