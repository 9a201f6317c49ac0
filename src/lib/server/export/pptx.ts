import type { Deck, Slide } from '#lib/charts/deck.ts';
import { split } from '#lib/charts/sentence.ts';
import { forXml } from '#lib/domain/harmless.ts';
import { cut } from '#lib/domain/text.ts';
import type pptxgen from 'pptxgenjs';
import { place, type Box, type Placed } from './pptx/charts.ts';
import { headingSize } from './pptx/fit.ts';
import { body, font, hex, inner, ink, paper, slide as size, soft } from './pptx/look.ts';
import { polish } from './pptx/polish.ts';
import { list, matrix } from './pptx/tables.ts';

/** A deck as a presentation: charts that can be edited with their data, notes, words for those who do not see, one master. */
export async function pptx(deck: Deck, origin: string): Promise<Buffer> {
	const { default: Presentation } = await import('pptxgenjs');
	const file = new Presentation();
	file.layout = 'LAYOUT_WIDE';
	file.theme = { headFontFace: font, bodyFontFace: font };
	Object.assign(file, { title: forXml(deck.title), subject: forXml(deck.subtitle) });
	Object.assign(file, { author: 'Waymark', company: 'Waymark' });
	for (const master of masters) file.defineSlideMaster(master);

	cover(file.addSlide({ masterName: 'Cover' }), deck);
	const placed: Placed[] = [];
	for (const one of deck.slides) {
		const slide = file.addSlide({ masterName: 'Finding' });
		placed.push(...write(file, slide, one, deck));
		slide.addNotes(forXml(`${one.sentence}\n${told(one)}\nMore: ${origin}${one.href}`));
	}
	const made = (await file.write({ outputType: 'nodebuffer', compression: false })) as Buffer;
	return polish(made, placed);
}

const at = { x: size.edge, w: inner };

// Two layouts of the one master: the cover, and what every other slide has.
const masters: pptxgen.SlideMasterProps[] = [
	{
		title: 'Cover',
		background: { color: paper },
		objects: [
			{ rect: { x: 0, y: 0, w: 0.18, h: size.height, fill: { color: hex('stage-implemented') } } },
			placeholder('title', 'title', {
				...at,
				y: 2.1,
				h: 1.3,
				fontSize: 38,
				bold: true,
				color: ink,
				valign: 'bottom'
			}),
			placeholder('about', 'body', { ...at, y: 3.5, h: 1.1, fontSize: 18, color: soft, valign: 'top' }),
			placeholder('source', 'body', { ...at, y: 6.4, h: 0.7, fontSize: 12, color: soft, valign: 'bottom' })
		]
	},
	{
		title: 'Finding',
		background: { color: paper },
		objects: [
			placeholder('kicker', 'body', { ...at, y: 0.32, h: 0.32, fontSize: 13, color: soft, valign: 'middle' }),
			placeholder('title', 'title', {
				...at,
				y: 0.64,
				h: 0.98,
				fontSize: 24,
				bold: true,
				color: ink,
				valign: 'top'
			}),
			{ line: { ...at, y: 6.88, h: 0, line: { color: hex('line'), width: 0.75 } } },
			placeholder('source', 'body', {
				...at,
				y: 6.92,
				w: inner - 0.8,
				h: 0.42,
				fontSize: 10,
				color: soft,
				valign: 'top'
			})
		],
		slideNumber: {
			x: size.width - size.edge - 0.6,
			y: 6.92,
			w: 0.6,
			h: 0.3,
			fontFace: font,
			fontSize: 10,
			color: soft,
			align: 'right'
		}
	}
];

function placeholder(name: string, type: 'title' | 'body', options: object) {
	const all = { name, type, fontFace: font, align: 'left', margin: 0, ...options };
	return { placeholder: { options: all as pptxgen.PlaceholderProps, text: '' } };
}

function cover(slide: pptxgen.Slide, deck: Deck) {
	slide.addText(forXml(cut(deck.title, 120)), { placeholder: 'title' });
	slide.addText(forXml(cut(`${deck.plan.title}\n${deck.subtitle}`, 400)), { placeholder: 'about' });
	slide.addText(forXml(source(deck)), { placeholder: 'source' });
	slide.addNotes(forXml(`${deck.title}\n${deck.subtitle}\n${source(deck)}`));
}

function write(file: pptxgen, slide: pptxgen.Slide, one: Slide, deck: Deck): Placed[] {
	const { title, spec } = one;
	const sentence = cut(one.sentence, 330);
	slide.addText(forXml(cut(`${title} · ${deck.title}`, 150)), { placeholder: 'kicker' });
	slide.addText(forXml(sentence), { placeholder: 'title', fontSize: headingSize(sentence) });
	const { chart, table } = boxes(one);
	const placed = spec?.kind === 'bars' ? [place(file, slide, spec, chart)] : [];
	if (spec?.kind === 'matrix') matrix(slide, spec, chart);
	const short =
		one.list && one.list.rows.length > 0 ? list(slide, one.list, table, spec ? 14 : 18) : { cut: false };
	const more = short.cut ? ` Long texts are cut short here; in full at ${one.href}.` : '';
	slide.addText(forXml(cut(`${source(deck, one)}${more}`, 320)), { placeholder: 'source' });
	return placed;
}

/** Where chart and rows stand: many columns below the chart, few to its right; alone, each has it all. */
function boxes({ spec, list }: Slide): { chart: Box; table: Box } {
	const all = { ...at, y: body.top, h: body.bottom - body.top };
	if (!spec || !list || list.rows.length === 0) return { chart: all, table: all };
	if (list.columns.length > 3) {
		const below = Math.min(0.45 + list.rows.length * 0.33, all.h * 0.5);
		return {
			chart: { ...all, h: all.h - below - 0.1 },
			table: { ...all, y: body.bottom - below, h: below }
		};
	}
	const right = 4.7;
	return {
		chart: { ...all, w: all.w - right - 0.3 },
		table: { ...all, x: all.x + all.w - right, w: right }
	};
}

/** Snapshot or "Live …", n of N, method, and whether anything is made up. */
function source(deck: Deck, one?: Slide) {
	const from = one?.spec?.provenance;
	const made = from ? from.demonstration : deck.demonstration;
	return [
		from?.as_of ?? deck.as_of,
		...(from?.split ? [split(from.split)] : []),
		from?.method ?? deck.method,
		...(made ? ['Includes made-up demonstration reports'] : [])
	]
		.map((part) => `${part}.`)
		.join(' ');
}

/** The notes, without what only our own drawing shows. */
function told({ notes }: Slide) {
	return notes.replace(/^The thin line beside each column is what/m, 'What');
}
