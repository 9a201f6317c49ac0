import { grid } from '../../workbook.ts';
import { unzip, zip } from '../zip.ts';
import { figure, fill, type Placed } from './charts.ts';

/**
 * What the library leaves to be done: textures for what is carried and what is missing, figures that can be read on their
 * bars, no empty values, our own data in each chart, a paragraph for each line of the notes, ids that are given once, and no
 * date but the data's own. The charts are those placed, in that order.
 */
export async function polish(made: Buffer, charts: readonly Placed[]): Promise<Buffer> {
	const files = await unzip(made);
	const place = places(files);
	for (const file of files) {
		const number = Number(numbered.exec(file.name)?.[1]);
		const chart = charts[place(number) - 1];
		const change = (how: (xml: string) => string) =>
			(file.bytes = Buffer.from(how(Buffer.from(file.bytes).toString('utf8'))));
		const renumber = (text: string) =>
			text.replace(new RegExp(numbered, 'g'), (name, n: string) => name.replace(n, String(place(Number(n)))));
		if (/^ppt\/charts\/chart\d+\.xml$/.test(file.name) && chart) change((xml) => textured(xml, chart));
		else if (file.name.startsWith('ppt/embeddings/') && chart) file.bytes = await grid(chart.grid);
		else if (/^ppt\/slides\/slide\d+\.xml$/.test(file.name)) change(withOwnIds);
		else if (/^ppt\/notesSlides\/notesSlide\d+\.xml$/.test(file.name)) change(paragraphs);
		else if (file.name === 'docProps/core.xml') change(undated);
		else if (file.name === '[Content_Types].xml' || file.name.endsWith('.rels')) change(renumber);
		file.name = renumber(file.name);
	}
	return zip(files.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

const numbered = /(?:chart|Microsoft_Excel_Worksheet)(\d+)\.x/;

/** The library counts charts over all presentations it ever made. Here each is counted from one. */
function places(files: readonly { name: string }[]) {
	const numbers = files
		.map(({ name }) => Number(/^ppt\/charts\/chart(\d+)\.xml$/.exec(name)?.[1]))
		.filter((number) => number > 0)
		.sort((a, b) => a - b);
	return (number: number) => numbers.indexOf(number) + 1;
}

function textured(xml: string, { fills, byPoint, hidden }: Placed) {
	let s = 0;
	const series = xml
		// Names of one level, so that a line break in them stays one.
		.replaceAll('c:multiLvlStrRef', 'c:strRef')
		.replaceAll('c:multiLvlStrCache', 'c:strCache')
		.replace(/<c:lvl>|<\/c:lvl>/g, '')
		.replace(/<c:pt idx="\d+"><c:v><\/c:v><\/c:pt>/g, '')
		.replace('<c:roundedCorners val="1"/>', '<c:roundedCorners val="0"/>')
		.replace('<c:dispBlanksAs val="span"/>', '<c:dispBlanksAs val="gap"/>');
	if (byPoint) {
		let point = 0;
		return series.replace(/<c:dPt>[\s\S]*?<\/c:dPt>/g, (dPt) => shaped(dPt, fills[point++]!));
	}
	return series.replace(/<c:ser>[\s\S]*?<\/c:ser>/g, (one) => {
		const given = fills[s]!;
		const without = hidden[s++]!.map((c) => `<c:dLbl><c:idx val="${c}"/><c:delete val="1"/></c:dLbl>`);
		return shaped(one, given).replace(/<c:dLbls>[\s\S]*?<\/c:dLbls>/, (labels) =>
			labels
				.replace('<c:dLbls>', `<c:dLbls>${without.join('')}`)
				.replace(/srgbClr val="\w{6}"/, `srgbClr val="${figure(given)}"`)
		);
	});
}

/** The first shape there is: the bar's own. */
function shaped(xml: string, given: Placed['fills'][number]) {
	return xml.replace(/<c:spPr>[\s\S]*?<\/c:spPr>/, () => `<c:spPr>${fill(given)}</c:spPr>`);
}

function withOwnIds(xml: string) {
	let id = 0;
	return xml.replace(/(<p:cNvPr )id="\d+"/g, (_, start: string) => `${start}id="${++id}"`);
}

function paragraphs(xml: string) {
	return xml.replace(/<a:p>(<a:r><a:rPr[^>]*\/>)<a:t>([^<]*)<\/a:t><\/a:r>/, (_, run: string, text: string) =>
		text
			.split(/\r?\n/)
			.map((line, i, all) => `<a:p>${run}<a:t>${line}</a:t></a:r>${i < all.length - 1 ? '</a:p>' : ''}`)
			.join('')
	);
}

function undated(xml: string) {
	return xml.replace(/(?<start><dcterms:(?:created|modified) [^>]*>)[^<]*/g, '$<start>1970-01-01T00:00:00Z');
}
