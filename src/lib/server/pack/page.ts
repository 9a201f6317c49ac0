import type { Deck, Slide } from '#lib/charts/deck.ts';
import { markup } from '#lib/charts/outputs/html.ts';
import { beside, inline, pictures } from '#lib/charts/outputs/svg.ts';
import { legend } from '#lib/charts/outputs/svg/legend.ts';
import { escape } from '#lib/charts/outputs/svg/text.ts';
import { table } from '#lib/charts/outputs/table.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';
import charts from '#lib/styles/charts.css?raw';
import own from '#lib/styles/pack.css?raw';
import letters from '#lib/styles/inter.woff2?inline';
import tokens from '#lib/styles/tokens.css?raw';
import { asOf } from '../export/chart-book.ts';

/** What the page may load: nothing. All there is to it is inside it. */
export const policy =
	"default-src 'none'; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'";

/**
 * A deck as one page that needs nothing else: it opens from a stick, and asks for nothing. Figures lead to the lists behind
 * them at `origin`. A `note` is what the reader has to know first; it is not printed.
 */
export function page(deck: Deck, origin: string, note?: string): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="${policy}">
<title>${escape(deck.title)}</title>
<style>${style()}</style>
</head>
<body>
<header>
<h1>${escape(deck.title)}</h1>
<p>${escape(deck.plan.title)}</p>
<p>${escape(deck.subtitle)}</p>
<p class="soft">${escape(about(deck))}</p>
${note ? `<p class="note">${escape(note)}</p>\n` : ''}<nav aria-label="Contents"><ol>
${deck.slides.map(({ id, title }) => `<li><a href="#${anchor(id)}">${escape(title)}</a></li>`).join('\n')}
</ol></nav>
</header>
<main>
${deck.slides.map((slide, i) => section(slide, i, deck, origin)).join('\n')}
</main>
</body>
</html>
`;
}

function section(
	{ id, title, sentence, notes, spec, list, href }: Slide,
	i: number,
	deck: Deck,
	origin: string
) {
	const rows = list && list.rows.length > 0 ? listing({ title, list }, origin) : '';
	return `<section class="slide" id="${anchor(id)}">
<p class="kicker">${escape(title)} · ${escape(deck.title)}</p>
<h2>${escape(sentence)}</h2>
${spec ? figure(spec, i) : ''}${rows}<p class="source">${escape(spec ? asOf(spec) : about(deck))} <a href="${escape(origin + href)}">More</a></p>
<details><summary>${spec ? 'Table and notes' : 'Notes'}</summary>
${spec ? `<div class="scroll">${markup(table(spec), { origin })}</div>` : ''}${notes
		.split('\n')
		.map((line) => `<p class="soft">${escape(line)}</p>`)
		.join('')}
</details>
</section>`;
}

function figure(spec: ChartSpec, i: number) {
	const signs = spec.kind === 'bars' && !spec.stacked ? [] : legend(spec, `l${i}`);
	const keys = signs.map(
		({ label, mark, named }) =>
			`<li${named ? ' class="named"' : ''}><svg class="wm" width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true">${mark}</svg>${escape(label)}</li>`
	);
	const drawn = pictures(spec, `s${i}`).map(
		(picture) =>
			`<div class="picture"><div class="row"><div class="box">${inline(picture)}</div>${beside(picture)}</div></div>`
	);
	return `<figure>${keys.length > 0 ? `<ul class="legend">${keys.join('')}</ul>` : ''}${drawn.join('')}</figure>\n`;
}

function listing({ title, list }: { title: string; list: NonNullable<Slide['list']> }, origin: string) {
	const more = list.more
		? `<p class="soft"><a href="${escape(origin + list.more.href)}">${escape(list.more.words)}</a></p>`
		: '';
	return `<div class="scroll">${markup({ ...list, caption: title }, { origin })}</div>${more}\n`;
}

function about({ as_of, method, demonstration }: Deck) {
	return asOf({ provenance: { as_of, method, demonstration, split: null } });
}

const anchor = (id: string) => encodeURIComponent(id);

/** The page's own rules, the drawings' and the tokens', with the letters inside. */
function style() {
	return `${tokens.replace("url('./inter.woff2')", `url(${letters})`)}\n${charts}\n${own}`
		.replace(/\/\*[\s\S]*?\*\//g, '')
		.replace(/\s+/g, ' ');
}
