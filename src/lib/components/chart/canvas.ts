import '#lib/styles/charts-live.css';
import {
	BarController,
	BarElement,
	CategoryScale,
	Chart,
	LinearScale,
	LineController,
	LineElement,
	PointElement
} from 'chart.js';
import { live as liveOf, type Live } from '#lib/charts/outputs/chartjs.ts';
import type { BarsSpec, StepsSpec } from '#lib/charts/spec.ts';
import { onward, type Mark } from './keys.ts';
import { looksOf } from './looks.ts';

Chart.register(
	BarController,
	BarElement,
	CategoryScale,
	LinearScale,
	LineController,
	LineElement,
	PointElement
);

/**
 * Lays a canvas under the drawing in `node` and takes over its marks: what the pointer or the arrow keys reach is told in
 * words and leads to its list. The drawing's texts stay on top, so nothing moves. Gives back how to undo it.
 */
export function enliven(node: HTMLElement, spec: BarsSpec | StepsSpec, panel: number, name: string) {
	const live = liveOf(spec, panel);
	const { stage, canvas, tip, said } = scene(node, name);
	let at: Mark | null = null;

	let chart = draw(live, node, canvas);
	node.classList.add(spec.kind === 'bars' ? 'under' : 'live');

	const show = (mark: Mark | null, aloud: boolean) => {
		at = mark;
		const detail = mark && live.details[mark[0]]?.[mark[1]];
		chart.setActiveElements(detail ? [{ datasetIndex: mark[0], index: mark[1] }] : []);
		chart.update('none');
		stage.style.cursor = detail?.href ? 'pointer' : '';
		tip.hidden = !detail;
		if (!detail) return;
		tip.textContent = detail.words;
		if (aloud) said.textContent = detail.words;
		const point = chart.getDatasetMeta(mark[0]).data[mark[1]]!.tooltipPosition(true);
		const x = point.x ?? 0;
		tip.style.left = `${Math.min(Math.max(x, tip.offsetWidth / 2), Math.max(node.clientWidth - tip.offsetWidth / 2, 0))}px`;
		tip.style.top = `${point.y ?? 0}px`;
	};
	const follow = () => {
		const href = at && live.details[at[0]]?.[at[1]]?.href;
		if (!href) return;
		const link = document.createElement('a');
		link.href = href;
		node.append(link);
		link.click();
		link.remove();
	};
	const pointed = (event: Event) => {
		const [hit] = chart.getElementsAtEventForMode(event, 'nearest', { intersect: true }, false);
		const mark = hit && ([hit.datasetIndex, hit.index] as const);
		return mark && live.details[mark[0]]?.[mark[1]] ? mark : null;
	};
	const handlers = {
		pointermove: (event: Event) => show(pointed(event), false),
		pointerleave: () => show(null, false),
		click: (event: Event) => {
			show(pointed(event), false);
			follow();
		},
		blur: () => show(null, false),
		keydown: (event: Event) => {
			const { key } = event as KeyboardEvent;
			if (key === 'Enter' && at) return follow();
			if (key === 'Escape') {
				show(null, false);
				return stage.blur();
			}
			const next = onward(live, at, key);
			if (!next) return;
			event.preventDefault();
			show(next, true);
		}
	};
	for (const [kind, handle] of Object.entries(handlers)) stage.addEventListener(kind, handle);
	const scheme = matchMedia('(prefers-color-scheme: dark)');
	const redraw = () => {
		chart.destroy();
		chart = draw(live, node, canvas);
	};
	scheme.addEventListener('change', redraw);

	return () => {
		scheme.removeEventListener('change', redraw);
		chart.destroy();
		stage.remove();
		node.classList.remove('under', 'live');
	};
}

/** The chart in the colours of the page as it is now. Drawn anew when they change: Chart.js keeps what it has resolved. */
function draw(live: Live, node: HTMLElement, canvas: HTMLCanvasElement) {
	const looks = looksOf(live, node, canvas);
	const ink = getComputedStyle(node).color;
	live.config.data.datasets.forEach((dataset, d) => {
		const { fill } = looks[d]!;
		const hover = { hoverBackgroundColor: fill, hoverBorderColor: ink, hoverBorderWidth: 2 };
		Object.assign(dataset, { backgroundColor: fill, borderWidth: 0, borderSkipped: false, ...hover });
		// The drawing keeps its points; only the one in question is drawn again, larger.
		if (live.config.type === 'line')
			Object.assign(dataset, { pointRadius: 0, hoverRadius: 9, hitRadius: 10 });
	});
	return new Chart(canvas, live.config as ConstructorParameters<typeof Chart>[1]);
}

/** What is put beside the drawing: the canvas, a tip for the eye, and a line for the ear. */
function scene(node: HTMLElement, name: string) {
	const make = <Tag extends keyof HTMLElementTagNameMap>(tag: Tag, name: string) =>
		Object.assign(document.createElement(tag), { className: name });
	const stage = make('div', 'stage');
	const [canvas, tip, said] = [make('canvas', ''), make('div', 'tip'), make('div', 'visually-hidden')];
	stage.tabIndex = 0;
	stage.setAttribute('role', 'application');
	stage.setAttribute('aria-roledescription', 'interactive chart');
	stage.setAttribute(
		'aria-label',
		`${name}. Arrow keys read it bar by bar, Enter opens the list, Escape leaves.`
	);
	canvas.setAttribute('aria-hidden', 'true');
	tip.setAttribute('aria-hidden', 'true');
	said.setAttribute('aria-live', 'polite');
	tip.hidden = true;
	stage.append(canvas, tip, said);
	node.append(stage);
	return { stage, canvas, tip, said };
}
