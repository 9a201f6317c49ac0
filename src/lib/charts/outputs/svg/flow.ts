import { number, some } from '../../sentence.ts';
import type { FlowLink, FlowNode, FlowSpec } from '../../spec.ts';
import { either, fitted, narrowFrom, pc, r, text, titled, wideFrom, type Drawing } from './marks.ts';
import { shorten, wrap } from './text.ts';

const box = 25;
const gap = 8;
const least = 46;
const head = 26;

type Placed = FlowNode & { x: number; y: number; height: number };

/** Plans side by side; links as wide as what flows along them, solid where documented, dashed where inferred. */
export function flow(spec: FlowSpec): Drawing {
	const columns = Math.max(spec.columns.length, 2);
	const left = (column: number) => (column * (100 - box)) / (columns - 1);
	const most = Math.max(
		1,
		...spec.columns.map((_, c) => sum(spec.nodes.filter((node) => node.column === c)))
	);
	const scale = 360 / most;
	const placed = new Map<string, Placed>();
	const heights = spec.columns.map((_, c) => {
		let y = head;
		for (const node of spec.nodes.filter((node) => node.column === c)) {
			const height = node.initiatives === null ? 30 : Math.max(least, node.initiatives * scale);
			placed.set(node.key, { ...node, x: left(c), y, height });
			y += height + gap;
		}
		return y;
	});
	const height = Math.max(head, ...heights);
	const links = ribbons(spec.links, placed, scale);
	const headings = spec.columns.map(({ label, title }, c) => {
		const end = c === columns - 1;
		return `<g>${titled(title)}${fitted(label, { wide: 190, narrow: 92 }, 12, { x: end ? 100 : left(c) + (c > 0 ? box / 2 : 0), y: 14, class: 'b', ...(end ? { anchor: 'end' as const } : c > 0 ? { anchor: 'middle' as const } : {}) })}</g>`;
	});
	const nodes = [...placed.values()].map(nodeMark);
	return {
		height,
		body: `${headings.join('')}<svg width="100%" height="${r(height)}" viewBox="0 0 100 ${r(height)}" preserveAspectRatio="none">${links}</svg>${nodes.join('')}`
	};
}

const sum = (nodes: readonly FlowNode[]) => nodes.reduce((n, node) => n + (node.initiatives ?? 0), 0);

function nodeMark({ key, label, title, x, y, height, initiatives, certainty }: Placed) {
	const rect = `<rect x="${pc(x)}" y="${r(y)}" width="${box}%" height="${r(height)}" rx="3" class="node${certainty === 'inferred' ? ' inferred' : ''}" data-key="${encodeURIComponent(key)}" data-n="${initiatives ?? ''}"/>`;
	const said = initiatives === null ? title : `${label} ${title}: ${some(initiatives)}, ${certainty}`;
	if (initiatives === null)
		return `<g>${titled(said)}${rect}${text(label, { x: x + box / 2, y: y + 19, anchor: 'middle', class: 's' })}</g>`;
	const room = (wideFrom * box) / 100 - 14;
	const lines = wrap(title, room, 11, height >= 62 ? 3 : 2);
	const head = either(
		shorten(`${label}  ${number(initiatives)}`, room, 12),
		shorten(label, (narrowFrom * box) / 100 - 10, 12),
		{ x, dx: 7, y: y + 17, class: 'b' }
	);
	const more = lines.map((line, i) => text(line, { x, dx: 7, y: y + 31 + i * 13, class: 's w' })).join('');
	return `<g>${titled(said)}${rect}${head}${more}${text(number(initiatives), { x, dx: 7, y: y + 33, class: 's n' })}</g>`;
}

/** Each link from its place on one node's side to its place on the other's. */
function ribbons(links: readonly FlowLink[], placed: ReadonlyMap<string, Placed>, scale: number) {
	const drawn = links.filter(({ from, to }) => placed.has(from) && placed.has(to));
	const y = (key: string) => placed.get(key)!.y;
	const ports = (side: 'from' | 'to', other: 'from' | 'to') => {
		const found = new Map<FlowLink, number>();
		for (const key of new Set(drawn.map((link) => link[side]))) {
			const own = drawn.filter((link) => link[side] === key).sort((a, b) => y(a[other]) - y(b[other]));
			const { y: top, height } = placed.get(key)!;
			const thick = own.map((link) => Math.max(3, (link.initiatives ?? 0) * scale));
			const needed = thick.reduce((n, one) => n + one, 0);
			const squeeze = Math.min(1, (height - 4) / needed);
			const spare = Math.max(0, height - 4 - needed * squeeze) / (own.length + 1);
			let at = top + 2;
			own.forEach((link, i) => {
				at += spare;
				found.set(link, at + (thick[i]! * squeeze) / 2);
				at += thick[i]! * squeeze;
			});
		}
		return found;
	};
	const [starts, ends] = [ports('from', 'to'), ports('to', 'from')];
	return drawn.map((link) => ribbon(link, placed, scale, starts.get(link)!, ends.get(link)!)).join('');
}

function ribbon(
	link: FlowLink,
	placed: ReadonlyMap<string, Placed>,
	scale: number,
	start: number,
	end: number
) {
	const [from, to] = [placed.get(link.from)!, placed.get(link.to)!];
	const [x1, x2] = [from.x + box, to.x];
	const flows = link.initiatives === null ? 'whole plans' : some(link.initiatives);
	const said = `${from.label} → ${to.label}: ${link.relation.replaceAll('_', ' ')}, ${link.certainty}, ${flows}`;
	const half = Math.min((link.initiatives ?? 0) * scale, from.height, to.height) / 2;
	const bend = x1 + (x2 - x1) / 2;
	const curve = (y1: number, y2: number) => `C${r(bend)} ${r(y1)} ${r(bend)} ${r(y2)} ${r(x2)} ${r(y2)}`;
	const back = (y1: number, y2: number) => `C${r(bend)} ${r(y2)} ${r(bend)} ${r(y1)} ${r(x1)} ${r(y1)}`;
	const path =
		half < 1
			? `M${r(x1)} ${r(start)}${curve(start, end)}`
			: `M${r(x1)} ${r(start - half)}${curve(start - half, end - half)}V${r(end + half)}${back(start + half, end + half)}z`;
	return `<path d="${path}" class="${half < 1 ? 'thin' : 'ribbon'} ${link.certainty}" data-n="${link.initiatives ?? ''}">${titled(said)}</path>`;
}
