import type { ChartSpec } from '../spec.ts';
import { file } from './file.ts';
import { html } from './html.ts';
import { dark, light } from './svg/palette.ts';
import { escape } from './svg/text.ts';

const style = `
:root { color-scheme: light dark; font: 1rem/1.5 Inter, system-ui, sans-serif; }
body { margin: 0; background: ${light.paper}; color: ${light.ink}; }
@media (prefers-color-scheme: dark) { body { background: ${dark.paper}; color: ${dark.ink}; } }
main { max-width: 60rem; margin: 0 auto; }
.drawing > svg { display: block; width: 100%; height: auto; }
.drawing > svg + svg { display: none; }
@media (max-width: 44rem) {
.drawing > svg { display: none; }
.drawing > svg + svg { display: block; max-width: 28rem; margin: 0 auto; }
}
details { margin: 0 2rem 2rem; font-size: 0.875rem; }
summary { cursor: pointer; }
.table { overflow-x: auto; }
table { border-collapse: collapse; margin-top: 0.75rem; font-size: 0.8125rem; }
th { font-weight: 600; }
caption { padding-bottom: 0.5rem; text-align: left; }
th, td { padding: 0.25rem 0.75rem 0.25rem 0; border-bottom: 1px solid #8886; text-align: left; vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
`;

/** The page at its widest, and what stands under the drawing while the table is shut. */
const [widest, under] = [960, 56];

/** How high a frame has to be to show the whole drawing, however wide it is from a tablet on. */
export function frameHeight(spec: ChartSpec): number {
	const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(file(spec))!;
	return Math.ceil((Number(height) * widest) / Number(width)) + under;
}

/** A chart as a page by itself: the drawing and its table, with nothing that leads anywhere. */
export function alone(spec: ChartSpec): string {
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="robots" content="noindex" />
<title>${escape(spec.title)}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml" />
<style>${style}</style>
</head>
<body>
<main>
<h1 class="visually-hidden">${escape(spec.title)}</h1>
<div class="drawing">${file(spec)}${file(spec, { narrow: true })}</div>
<details><summary>The same figures as a table</summary>
<div class="table" role="region" aria-label="Table" tabindex="0">${html(spec, { links: false })}</div>
</details>
</main>
</body>
</html>
`;
}
