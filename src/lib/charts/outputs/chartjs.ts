import type { ChartConfiguration, ChartDataset } from 'chart.js';
import { listBehind } from '../address.ts';
import { number } from '../sentence.ts';
import type { BarsSpec, Panel, StepsSpec, Texture, Tone } from '../spec.ts';
import * as block from './svg/blocks.ts';
import { frame } from './svg/columns.ts';
import * as row from './svg/rows.ts';
import { places } from './svg/step-places.ts';
import { described } from './svg/steps.ts';
import { scaleOf } from './svg/bars.ts';

/** What one mark says, and where it leads. */
export type Detail = { words: string; href: string | null };

/**
 * A chart for Chart.js. Its scales are those of the drawing, so that each bar lies exactly where the drawing has it and
 * the drawing's own texts can stay on top. Colours are named by tone; whoever draws looks them up.
 */
export type Live = {
	config: ChartConfiguration<'bar' | 'line', { x: number; y: number }[] | (number | null)[]>;
	looks: { tone: Tone | 'dot' | 'due' | 'done'; texture: Texture }[];
	/** By dataset and index. */
	details: (Detail | null)[][];
	/** The marks in reading order: groups of [dataset, index]. Arrow keys move within a group and between groups. */
	groups: [number, number][][];
	/** Groups stand side by side rather than below each other. */
	across: boolean;
};

type Bars = Omit<Live, 'config'> & {
	datasets: ChartDataset<'bar', { x: number; y: number }[] | (number | null)[]>[];
};

export function live(spec: BarsSpec | StepsSpec, panel: number): Live {
	if (spec.kind === 'steps') return steps(spec);
	const one = spec.panels[panel]!;
	const top = scaleOf(spec, one);
	if (spec.orientation === 'vertical') return columns(spec, one, top);
	return spec.stacked ? rows(spec, one, top) : blocks(spec, one, top);
}

const still = {
	animation: false as const,
	responsive: true,
	maintainAspectRatio: false,
	// Pointer and keys are followed outside, where both lead to the same marks.
	events: [] as []
};
const hidden = { display: false } as const;

/** The figures, what each says and how it looks: the same for every kind of bar. */
function bars(
	spec: BarsSpec,
	panel: Panel,
	put: (value: number | null, s: number, c: number) => unknown
): Bars {
	const details = spec.series.map((series, s) =>
		panel.categories.map((category, c): Detail | null => {
			const value = panel.values[s]?.[c] ?? null;
			if (value === null || value === 0) return null;
			const of =
				spec.stacked && category.expected !== undefined ? ` of ${number(category.expected)} expected` : '';
			return {
				words: `${category.label}, ${series.label}: ${number(value)}${of}`,
				href: listBehind(spec, panel, s, c)
			};
		})
	);
	return {
		datasets: spec.series.map(({ label }, s) => ({
			label,
			data: panel.categories.map((_, c) => put(panel.values[s]?.[c] ?? null, s, c)) as (number | null)[]
		})),
		looks: spec.series.map(({ tone, texture }) => ({ tone, texture })),
		details,
		groups: panel.categories
			.map((_, c) => details.flatMap((of, s): [number, number][] => (of[c] ? [[s, c]] : [])))
			.filter((group) => group.length > 0),
		across: spec.orientation === 'vertical'
	};
}

function columns(spec: BarsSpec, panel: Panel, top: number): Live {
	const { base, height, scale, slots } = frame(panel, top);
	const { datasets, ...rest } = bars(spec, panel, (value) => value);
	const labels = Array.from({ length: slots }, (_, c) => panel.categories[c]?.label ?? '');
	return {
		...rest,
		config: {
			type: 'bar',
			data: {
				labels,
				datasets: datasets.map((one) => ({ ...one, barPercentage: 0.6, categoryPercentage: 1 }))
			},
			options: {
				...still,
				scales: {
					x: { ...hidden, type: 'category', stacked: true },
					y: { ...hidden, type: 'linear', stacked: true, min: -(height - base) / scale, max: base / scale }
				}
			}
		}
	};
}

function rows(spec: BarsSpec, panel: Panel, top: number): Live {
	const at = row.places(panel);
	const { datasets, ...rest } = bars(spec, panel, (value, _, c) => ({
		x: value ?? 0,
		y: at[c]!.bar + row.thickness / 2
	}));
	return {
		...rest,
		config: {
			type: 'bar',
			data: { datasets: datasets.map((one) => ({ ...one, barThickness: row.thickness })) },
			options: {
				...still,
				indexAxis: 'y',
				scales: {
					x: {
						...hidden,
						type: 'linear',
						stacked: true,
						min: 0,
						max: Math.max(top, 1) / (row.longest / 100)
					},
					y: {
						...hidden,
						type: 'linear',
						stacked: true,
						min: 0,
						max: at.at(-1)?.end ?? 1,
						reverse: true,
						offset: false
					}
				}
			}
		}
	};
}

function blocks(spec: BarsSpec, panel: Panel, top: number): Live {
	const one = Math.max(top, 1) / block.longest;
	const { datasets, ...rest } = bars(spec, panel, (value, s) => ({
		x: value ?? 0,
		y: block.lineOf(s) + 4 + block.thickness / 2
	}));
	return {
		...rest,
		config: {
			type: 'bar',
			data: { datasets: datasets.map((one) => ({ ...one, barThickness: block.thickness, grouped: false })) },
			options: {
				...still,
				indexAxis: 'y',
				scales: {
					x: { ...hidden, type: 'linear', min: -block.from * one, max: (100 - block.from) * one },
					y: {
						...hidden,
						type: 'linear',
						min: 0,
						max: block.heightOf(spec.series.length, panel),
						reverse: true,
						offset: false
					}
				}
			}
		}
	};
}

/** Each track's dots and each milestone's two days, as points on the drawing's own grid. The drawing keeps its lines. */
function steps(spec: StepsSpec): Live {
	const at = places(spec);
	const tracks = at.tracks.map(({ track, points }) => ({
		label: track.label,
		look: 'dot' as const,
		points: points.map(({ step, x, y }) => ({
			x,
			y,
			words: `${described(step)} (${track.label})`,
			href: step.href ?? null
		}))
	}));
	const marks = at.milestones.flatMap(({ milestone, axis, due, done }) =>
		(
			[
				['due', due, milestone.due_on],
				['done', done, milestone.done_on]
			] as const
		).flatMap(([look, x, day]) =>
			x === null
				? []
				: [
						{
							label: milestone.label,
							look,
							points: [
								{ x, y: axis, words: `${milestone.label}: ${look} ${day}; ${milestone.word}`, href: null }
							]
						}
					]
		)
	);
	const all = [...tracks, ...marks];
	return {
		config: {
			type: 'line',
			data: {
				datasets: all.map(({ label, points }) => ({
					label,
					data: points.map(({ x, y }) => ({ x, y })),
					showLine: false
				}))
			},
			options: {
				...still,
				clip: false,
				scales: {
					x: { ...hidden, type: 'linear', min: 0, max: 100 },
					y: { ...hidden, type: 'linear', min: 0, max: at.height, reverse: true }
				}
			}
		},
		looks: all.map(({ look }) => ({ tone: look, texture: 'solid' })),
		details: all.map(({ points }) => points.map(({ words, href }) => ({ words, href }))),
		groups: all.flatMap(({ points }, d) => points.map((_, i): [number, number][] => [[d, i]])),
		across: true
	};
}
