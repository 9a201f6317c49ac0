import { number, some } from '../../sentence.ts';
import type { FlowLink, FlowNode, FlowSpec } from '../../spec.ts';
import { either, fitted, narrowFrom, pc, r, text, titled, wideFrom, type Drawing } from './marks.ts';
import { shorten, wrap } from './text.ts';

const box = 25;
const gap = 8;
const least = 51;
const head = 26;
const whole = 30;

type Placed = FlowNode & { x: number; y: number; height: number };
type Port = { y: number; half: number };

/**
 * Plans side by side; links as wide as what flows along them, solid where documented, dashed where inferred. `across` is
 * how many units wide the links are drawn. Where the width is known it is that in pixels: a line is then as thick as it should be
 * even for a reader that stretches it with the rest.
 */
export function flow(spec: FlowSpec, across = 100): Drawing {
	const columns = Math.max(spec.columns.length, 2);
	const left = (column: number) => (column * (100 - box)) / (columns - 1);
	const of = (column: number) => spec.nodes.filter((node) => node.column === column);
	const scale =
		360 /
		Math.max(
			1,
			...spec.columns.map((_, c) => of(c).reduce((n, { initiatives }) => n + (initiatives ?? 0), 0))
		);
	const tall = ({ initiatives }: FlowNode) => Math.max(least, (initiatives ?? 0) * scale);
	const stack = (c: number) =>
		of(c)
			.filter(({ initiatives }) => initiatives !== null)
			.reduce((n, node) => n + tall(node) + gap, 0);
	const tops = spec.nodes.some(({ initiatives }) => initiatives === null) ? head + whole + gap * 2 : head;
	const most = Math.max(0, ...spec.columns.map((_, c) => stack(c)));
	const placed = new Map<string, Placed>();
	spec.columns.forEach((_, c) => {
		// Shorter columns stand in the middle, so that links run level rather than steep.
		let y = tops + (most - stack(c)) / 2;
		for (const node of of(c)) {
			if (node.initiatives === null) placed.set(node.key, { ...node, x: left(c), y: head, height: whole });
			else {
				placed.set(node.key, { ...node, x: left(c), y, height: tall(node) });
				y += tall(node) + gap;
			}
		}
	});
	const height = tops + most;
	const headings = spec.columns.map(({ label, title }, c) => {
		const at = { x: left(c) + box / 2, y: 14, class: 'b', anchor: 'middle' as const };
		return `<g>${titled(title)}${fitted(label, { wide: 190, narrow: 108 }, 12, at)}</g>`;
	});
	const links = `<svg width="100%" height="${r(height)}" viewBox="0 0 ${across} ${r(height)}" preserveAspectRatio="none">${ribbons(spec.links, placed, { scale, across })}</svg>`;
	return { height, body: headings.join('') + links + [...placed.values()].map(nodeMark).join('') };
}

function nodeMark({ key, label, title, x, y, height, initiatives, certainty }: Placed) {
	const rect = `<rect x="${pc(x)}" y="${r(y)}" width="${box}%" height="${r(height)}" rx="3" class="node${certainty === 'inferred' ? ' inferred' : ''}" data-key="${encodeURIComponent(key)}" data-n="${initiatives ?? ''}"/>`;
	const said = initiatives === null ? title : `${label} ${title}: ${some(initiatives)}, ${certainty}`;
	if (initiatives === null)
		return `<g>${titled(said)}${rect}${text(label, { x: x + box / 2, y: y + 19, anchor: 'middle', class: 's' })}</g>`;
	const room = { wide: (wideFrom * box) / 100 - 14, narrow: (narrowFrom * box) / 100 - 12 };
	const figure = { x: x + box, dx: -7, y: y + 17, anchor: 'end' as const, class: 's w' };
	const code = either(shorten(label, room.wide - 40, 12), shorten(label, room.narrow, 12), {
		x,
		dx: 7,
		y: y + 17,
		class: 'b'
	});
	const more = wrap(title, room.wide, 11, height >= 64 ? 3 : 2).map((line, i) =>
		text(line, { x, dx: 7, y: y + 31 + i * 13, class: 's w' })
	);
	const small = text(number(initiatives), { x, dx: 7, y: y + 33, class: 's n' });
	return `<g>${titled(said)}${rect}${code}${text(number(initiatives), figure)}${more.join('')}${small}</g>`;
}

/** Each link from its place on one node's side to its place on the other's. */
function ribbons(
	links: readonly FlowLink[],
	placed: ReadonlyMap<string, Placed>,
	{ scale, across }: { scale: number; across: number }
) {
	const drawn = links.filter(({ from, to }) => placed.has(from) && placed.has(to));
	const starts = ports(drawn, 'from', 'to', placed, scale);
	const ends = ports(drawn, 'to', 'from', placed, scale);
	return drawn
		.map((link) =>
			ribbon(link, placed.get(link.from)!, placed.get(link.to)!, starts.get(link)!, ends.get(link)!, across)
		)
		.join('');
}

type Side = 'from' | 'to';

/** Where on the side of its node each link ends, in the order of their other ends; narrower where they would not all fit. */
function ports(
	links: readonly FlowLink[],
	side: Side,
	other: Side,
	placed: ReadonlyMap<string, Placed>,
	scale: number
) {
	const found = new Map<FlowLink, Port>();
	const y = (key: string) => placed.get(key)!.y;
	for (const [key, own] of Map.groupBy(links, (link) => link[side])) {
		const { y: top, height } = placed.get(key)!;
		const thick = (link: FlowLink) => Math.max(1.5, (link.initiatives ?? 0) * scale);
		const needed = own.reduce((n, link) => n + thick(link), 0);
		const room = height - 6;
		const squeeze = Math.min(1, room / needed);
		const spare = (room - needed * squeeze) / (own.length + 1);
		let at = top + 3;
		for (const link of own.sort((a, b) => y(a[other]) - y(b[other]))) {
			const half = (thick(link) * squeeze) / 2;
			at += spare + half;
			found.set(link, { y: at, half: (link.initiatives ?? 0) > 0 ? half : 0 });
			at += half;
		}
	}
	return found;
}

function ribbon(link: FlowLink, from: Placed, to: Placed, start: Port, end: Port, across: number) {
	const [x1, x2] = [((from.x + box) * across) / 100, (to.x * across) / 100];
	const bend = r(x1 + (x2 - x1) / 2);
	const curve = (y1: number, y2: number, x: number) => `C${bend} ${r(y1)} ${bend} ${r(y2)} ${r(x)} ${r(y2)}`;
	const thin = start.half === 0;
	const path = thin
		? `M${r(x1)} ${r(start.y)}${curve(start.y, end.y, x2)}`
		: `M${r(x1)} ${r(start.y - start.half)}${curve(start.y - start.half, end.y - end.half, x2)}V${r(end.y + end.half)}${curve(end.y + end.half, start.y + start.half, x1)}z`;
	const flows = link.initiatives === null ? 'whole plans' : some(link.initiatives);
	const said = `${from.label} → ${to.label}: ${link.relation.replaceAll('_', ' ')}, ${link.certainty}, ${flows}`;
	return `<path d="${path}" class="${thin ? 'thin' : 'ribbon'} ${link.certainty}" data-n="${link.initiatives ?? ''}">${titled(said)}</path>`;
}
