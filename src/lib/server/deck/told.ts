import type { Slide, SlideKind } from '#lib/charts/deck.ts';
import { split } from '#lib/charts/sentence.ts';
import type { ChartSpec } from '#lib/charts/spec.ts';

/** A slide around a chart: the finding is the chart's own, the notes say how it was counted and from what. */
export function told(id: SlideKind | `area-${string}`, title: string, spec: ChartSpec, href: string): Slide {
	return {
		id,
		kind: id.startsWith('area-') ? 'area' : (id as SlideKind),
		title,
		sentence: `${spec.title}.`,
		notes: notes(spec),
		spec,
		href
	};
}

/** How it was counted, as a presenter would be asked. */
export function notes({ subtitle, notes, provenance }: ChartSpec) {
	const { split: tally, as_of, method, demonstration, sources } = provenance;
	return [
		subtitle,
		...(tally ? [`${split(tally)}.`] : []),
		...(demonstration ? ['Includes made-up demonstration reports.'] : []),
		...notes,
		`${as_of}. ${method}. Source: ${sources.map(({ label }) => label).join(', ')}.`
	].join('\n');
}
