import type { ChartSpec } from '#lib/charts/spec.ts';

export function enliven(_node: HTMLElement, _spec: ChartSpec, _panel: number) {
	return () => {};
}
