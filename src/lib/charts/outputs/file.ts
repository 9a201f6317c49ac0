import { split } from '../sentence.ts';
import type { ChartSpec } from '../spec.ts';
import { pictures, type Picture } from './svg.ts';
import { legend } from './svg/legend.ts';
import { r, wideFrom } from './svg/marks.ts';
import { namesWidth } from './svg/names.ts';
import { style } from './svg/style.ts';
import { escape, isolate, measure, wrap } from './svg/text.ts';
import { sentence } from './words.ts';

/** How a drawing lies on its sheet. `uid` keeps its ids apart from those of another one on the same page. */
type Sheet = { edge: number; inner: number; uid: string };

/**
 * A chart as an SVG file of its own: title, legend, pictures and source in one drawing, light or dark as its reader. `narrow`
 * is the same for a telephone, to stand on a page beside the other.
 */
export function file(spec: ChartSpec, { narrow = false } = {}): string {
	const wide = spec.kind === 'matrix' ? Math.max(960, 300 + spec.columns.length * 44) : 960;
	const [width, edge, uid] = narrow ? [360, 16, 'n'] : [wide, 32, ''];
	const inner = width - 2 * edge;
	const sheet = { edge, inner, uid };
	const parts: string[] = [];
	let y = edge;
	const write = (words: string, name: string, size: number, lines: number) => {
		// Whoever has not our font may have a wider one.
		for (const line of wrap(words, inner * (size > 16 ? 0.84 : 0.92), size, lines)) {
			y += Math.round(size * 1.3);
			parts.push(`<text x="${edge}" y="${y}" class="${name}">${escape(isolate(line))}</text>`);
		}
	};
	const lines = narrow ? 12 : 4;
	write(spec.title, 't', 20, lines);
	y += 4;
	write(spec.subtitle, 'u', 13, lines);
	y += 14;
	if (spec.kind !== 'bars' || spec.stacked) y = signs(spec, sheet, y, parts);
	y = lay(spec, sheet, y, parts);
	y += 16;
	for (const line of foot(spec)) write(line, 's', 11, narrow ? 12 : 3);
	const height = y + edge - 8;
	return (
		`<svg xmlns="http://www.w3.org/2000/svg" class="wm" role="img" width="${width}" height="${r(height)}" viewBox="0 0 ${width} ${r(height)}" aria-labelledby="t${uid} d${uid}">` +
		`<title id="t${uid}">${escape(spec.title)}</title><desc id="d${uid}">${escape(sentence(spec))}</desc><style>${style()}</style>` +
		`<rect class="paper" width="100%" height="100%"/>${parts.join('')}</svg>\n`
	);
}

function signs(spec: ChartSpec, { edge, inner, uid }: Sheet, top: number, parts: string[]) {
	let [x, y] = [0, top];
	for (const [i, { label, mark }] of legend(spec, 'l').entries()) {
		const width = measure(label, 12) + 36;
		const [first = '', ...more] = width > inner ? wrap(label, (inner - 36) * 0.92, 12, 3) : [label];
		if (x > 0 && x + width > inner) [x, y] = [0, y + 20];
		const rest = more.map((line) => `<tspan x="13" dy="16">${escape(line)}</tspan>`).join('');
		// Ids of hatching in the legend are its own, one for each sign.
		parts.push(
			`<g transform="translate(${r(edge + x + 8)} ${y + 8})">${mark.replaceAll('"l"', `"l${uid}${i}"`).replaceAll('#l)', `#l${uid}${i})`)}<text x="13" y="4">${escape(first)}${rest}</text></g>`
		);
		x += width;
		y += more.length * 16;
	}
	return y + 36;
}

/** The whole across, its parts side by side below it, or one below the other where there is no room. */
function lay(spec: ChartSpec, { edge, inner, uid }: Sheet, top: number, parts: string[]) {
	const all = pictures(spec, `p${uid}`, inner);
	const titled = all.length > 1;
	const usual = spec.kind === 'bars' && spec.orientation === 'horizontal' && spec.stacked ? 2 : 3;
	const across = inner < wideFrom ? 1 : usual;
	const gap = 36;
	const narrow = all.length === 1 ? inner : (inner - (across - 1) * gap) / across;
	let y = top;
	const put = (picture: Picture, x: number, width: number) => {
		const head = titled ? 22 : 0;
		if (titled) {
			const [name = ''] = wrap(picture.title, width, 13, 1);
			parts.push(
				`<g><title>${escape(picture.title)}</title><text x="${r(x)}" y="${r(y + 12)}" class="b">${escape(isolate(name))}</text></g>`
			);
		}
		const named = picture.beside !== undefined && inner >= wideFrom;
		const beside = named ? namesWidth : 0;
		const box = (x: number, width: number, body: string) =>
			parts.push(
				`<svg x="${r(x)}" y="${r(y + head)}" width="${r(width)}" height="${r(picture.height)}" overflow="visible"${width < wideFrom ? ' class="slim"' : ''}>${body}</svg>`
			);
		box(x, width - beside, picture.body);
		if (named) box(x + width - beside, beside, picture.beside!);
		return picture.height + head + 20;
	};
	for (const picture of all.filter(({ whole }) => whole))
		y += put(picture, edge, spec.kind === 'bars' && !spec.stacked ? narrow : inner);
	const rest = all.filter(({ whole }) => !whole);
	for (let i = 0; i < rest.length; i += across) {
		y += Math.max(
			...rest.slice(i, i + across).map((picture, c) => put(picture, edge + c * (narrow + gap), narrow))
		);
	}
	return y;
}

function foot({ provenance, notes }: ChartSpec) {
	const { split: tally, as_of, method, sources, demonstration } = provenance;
	return [
		...(tally ? [`${split(tally)}.`] : []),
		...(demonstration ? ['Includes made-up demonstration reports.'] : []),
		...notes.slice(0, 2),
		`${as_of}. ${method}, explained at /method. Source: ${sources.map(({ label }) => label).join(', ')}.`
	];
}
