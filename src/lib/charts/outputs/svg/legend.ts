import { ladder, label as stageLabel } from '#lib/domain/stage.ts';
import type { BarsSpec, ChartSpec, Series } from '../../spec.ts';
import { glyph, silentGlyph } from './glyphs.ts';
import { hatching } from './marks.ts';

/** What one sign means. `mark` is drawn in a square of 16 by 16 pixels around its middle. */
export type Sign = {
	label: string;
	mark: string;
	/** Said beside the drawing already, where there is room. */
	named?: boolean;
};

/** The signs of a chart, each with its word. */
export function legend(spec: ChartSpec, uid: string): Sign[] {
	if (spec.kind === 'bars') return bars(spec, uid);
	if (spec.kind === 'matrix')
		return [
			...ladder.map((stage) => ({ label: stageLabel[stage], mark: glyph(stage) })),
			{ label: 'Carried forward', mark: hatching(uid) + silentGlyph('carried', uid) },
			{ label: 'No report', mark: silentGlyph('missing', uid) },
			{ label: 'Not asked', mark: silentGlyph('not_expected', uid) }
		];
	if (spec.kind === 'flow')
		return [
			{ label: 'Documented link', mark: '<path class="ribbon documented" d="M-8-4h16v8h-16z"/>' },
			{ label: 'Inferred link', mark: '<path class="ribbon inferred" d="M-7.5-4h15v8h-15z"/>' },
			{ label: 'No initiative at both ends', mark: '<path class="thin documented" d="M-8 0h16"/>' }
		];
	return [
		{ label: 'Reported or confirmed', mark: '<circle r="5.5" class="dot"/>' },
		{ label: 'Carried forward', mark: `${hatching(uid)}<circle r="5.5" class="h" fill="url(#${uid})"/>` },
		{ label: 'No report', mark: '<circle r="5.5" class="o"/>' },
		...(spec.milestones.length > 0
			? [
					{ label: 'Due', mark: '<path class="due" d="M-5 0L0-5L5 0L0 5z"/>' },
					{ label: 'Done', mark: '<path class="done" d="M-5 0L0-5L5 0L0 5z"/>' }
				]
			: [])
	];
}

function bars(spec: BarsSpec, uid: string): Sign[] {
	const named = spec.orientation === 'vertical';
	return [
		...spec.series
			.filter((_, s) => occurs(spec.panels, s))
			.map((series) => ({ ...swatch(series, uid), named })),
		...(spec.panels.some(({ bounds }) => bounds?.some(({ low, high }) => high > low))
			? [
					{
						label: 'What silence leaves open: implemented, at least and at most',
						mark: '<path class="open" d="M-3-7h6M0-7V7M-3 7h6"/>'
					}
				]
			: []),
		...(spec.panels.some(({ breaks }) => breaks.length > 0)
			? [{ label: 'The number expected changed', mark: '<path class="break" d="M0-8V8"/>' }]
			: [])
	];
}

function occurs(panels: { values: (number | null)[][] }[], s: number) {
	return panels.some(({ values }) => values[s]?.some((value) => (value ?? 0) > 0));
}

function swatch({ label, tone, texture, shape }: Series, uid: string): Sign {
	const box = 'x="-6" y="-6" width="12" height="12"';
	const mark = {
		solid: `<rect ${box} class="${tone}"/>`,
		hatched: `${hatching(uid)}<rect ${box} class="h" fill="url(#${uid})"/>`,
		outlined: `<rect ${box} class="o"/>`
	}[texture];
	return { label: shape ? `${shape} ${label}` : label, mark };
}
