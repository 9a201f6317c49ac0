import { label as stageLabel } from '#lib/domain/stage.ts';
import { label as freshnessLabel } from '#lib/domain/freshness.ts';
import { label as timingLabel } from '#lib/domain/timing.ts';
import { listBehind } from '../address.ts';
import type { BarsSpec, ChartSpec, FlowSpec, MatrixSpec, StepsSpec } from '../spec.ts';
import { described } from './svg/cell.ts';

/** A value and what leads to the list behind it. */
export type Cell = { value: string | number | null; href?: string };
export type Table = {
	caption: string;
	columns: { key: string; label: string; numeric: boolean }[];
	/** The first cell names the row. */
	rows: Cell[][];
};

/** The same figures as the drawing, in rows and columns. */
export function table(spec: ChartSpec): Table {
	return { caption: `${spec.title}. ${spec.subtitle}`, ...content(spec) };
}

function content(spec: ChartSpec): Omit<Table, 'caption'> {
	if (spec.kind === 'bars') return bars(spec);
	if (spec.kind === 'matrix') return matrix(spec);
	return spec.kind === 'flow' ? flow(spec) : steps(spec);
}

const column = (key: string, label: string, numeric = false) => ({ key, label, numeric });

function bars(spec: BarsSpec) {
	const many = spec.stacked && spec.panels.length > 1;
	const dated = spec.panels.some(({ categories }) => categories.some(({ date }) => date));
	const counted = spec.panels.some(({ categories }) =>
		categories.some(({ expected }) => expected !== undefined)
	);
	const named = spec.panels.some(({ categories }) => categories.some(({ detail }) => detail));
	return {
		columns: [
			...(many ? [column('part', spec.orientation === 'vertical' ? 'Part' : 'Kind')] : []),
			column('key', spec.over),
			...(dated ? [column('date', 'Date')] : []),
			...(named && !dated ? [column('detail', 'Title')] : []),
			...spec.series.map(({ key, label }) => column(key, label, true)),
			...(counted
				? [
						column('fresh', spec.stacked ? 'Reported or confirmed' : 'Reported at both', true),
						column('expected', 'Expected', true)
					]
				: [])
		],
		rows: spec.panels.flatMap((panel) =>
			panel.categories.map((category, c): Cell[] => [
				...(many ? [{ value: panel.title, ...(panel.href && { href: panel.href }) }] : []),
				{ value: category.label, ...(category.href && { href: category.href }) },
				...(dated ? [{ value: category.date ?? null }] : []),
				...(named && !dated ? [{ value: category.detail ?? null }] : []),
				...spec.series.map((_, s) => {
					const value = panel.values[s]?.[c] ?? null;
					return value === null ? { value } : { value, href: listBehind(spec, panel, s, c) };
				}),
				...(counted ? [{ value: category.fresh ?? null }, { value: category.expected ?? null }] : [])
			])
		)
	};
}

function matrix(spec: MatrixSpec) {
	return {
		columns: [
			column('group', 'Sub-region'),
			column('entity', 'Member'),
			...spec.columns.map(({ key, label }) => column(key, label))
		],
		rows: spec.groups.flatMap(({ title, rows }) =>
			rows.map((row): Cell[] => [
				{ value: title },
				{ value: row.label, href: row.href },
				...row.cells.map((cell) => ({ value: described(cell), ...(cell.href && { href: cell.href }) }))
			])
		)
	};
}

function flow(spec: FlowSpec) {
	const nodes = new Map(spec.nodes.map((node) => [node.key, node]));
	const said = (key: string): Cell => {
		const node = nodes.get(key);
		if (!node) return { value: key };
		return {
			value: [spec.columns[node.column]?.label, node.initiatives === null ? '' : node.label, node.title]
				.filter(Boolean)
				.join(' · '),
			href: node.href
		};
	};
	return {
		columns: [
			column('from', 'From'),
			column('relation', 'Relation'),
			column('to', 'To'),
			column('certainty', 'Certainty'),
			column('initiatives', 'Initiatives at both ends', true),
			column('text', 'Reason')
		],
		rows: spec.links.map((link): Cell[] => [
			said(link.from),
			{ value: link.relation.replaceAll('_', ' ') },
			said(link.to),
			{ value: link.certainty },
			{ value: link.initiatives },
			{ value: link.text }
		])
	};
}

function steps(spec: StepsSpec) {
	return {
		columns: [
			column('what', 'What'),
			column('when', 'When'),
			column('who', 'Reported by'),
			column('state', 'Stage'),
			column('freshness', 'Freshness'),
			column('timing', 'Timing'),
			column('slip_days', 'Days late', true)
		],
		rows: [
			...spec.tracks.flatMap((track) =>
				track.steps.map((step): Cell[] => [
					{ value: step.label, ...(step.href && { href: step.href }) },
					{ value: step.date },
					{ value: track.label, href: track.href },
					{ value: step.stage ? `${stageLabel[step.stage]}${step.back ? ' (a step back)' : ''}` : null },
					{ value: freshnessLabel[step.freshness] },
					{ value: step.timing ? timingLabel[step.timing] : null },
					{ value: null }
				])
			),
			...spec.milestones.map((one): Cell[] => [
				{ value: one.label },
				{ value: one.done_on ?? one.due_on },
				{ value: null },
				{ value: one.word },
				{ value: null },
				{ value: null },
				{ value: one.slip_days }
			])
		]
	};
}
