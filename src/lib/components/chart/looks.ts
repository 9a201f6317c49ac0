import type { Live } from '#lib/charts/outputs/chartjs.ts';

export type Look = { fill: string | CanvasPattern; stroke: string };

/** The colours the page's own style sheet gives each tone, read from marks put there for a moment. */
export function looksOf(live: Live, node: Element, canvas: HTMLCanvasElement): Look[] {
	const probe = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	probe.setAttribute('class', 'wm');
	probe.setAttribute('width', '0');
	probe.setAttribute('height', '0');
	node.append(probe);
	const read = (name: string) => {
		const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
		mark.setAttribute('class', name);
		probe.append(mark);
		const { fill, stroke, opacity } = getComputedStyle(mark);
		return { fill: Number(opacity) < 1 ? faded(fill, Number(opacity)) : fill, stroke };
	};
	const looks = live.looks.map(({ tone, texture }): Look => {
		const { fill, stroke } = texture === 'hatched' ? read('hp') : read(tone);
		if (texture === 'hatched') return { fill: hatched(canvas, stroke), stroke };
		return { fill: texture === 'outlined' ? 'transparent' : fill, stroke };
	});
	probe.remove();
	return looks;
}

function faded(colour: string, opacity: number) {
	return `color-mix(in srgb, ${colour} ${opacity * 100}%, transparent)`;
}

/** The drawing's hatching as a canvas pattern: diagonal lines that meet from tile to tile. */
function hatched(canvas: HTMLCanvasElement, colour: string): CanvasPattern | string {
	const size = 7;
	const tile = document.createElement('canvas');
	const scale = window.devicePixelRatio || 1;
	tile.width = tile.height = Math.round(size * scale);
	const pen = tile.getContext('2d')!;
	pen.scale(tile.width / size, tile.height / size);
	pen.strokeStyle = colour;
	pen.lineWidth = 1.4;
	for (const shift of [-size, 0, size]) {
		pen.moveTo(shift - 1, size + 1);
		pen.lineTo(shift + size + 1, -1);
	}
	pen.stroke();
	const pattern = canvas.getContext('2d')!.createPattern(tile, 'repeat');
	pattern?.setTransform(new DOMMatrix().scale(1 / scale));
	return pattern ?? colour;
}
