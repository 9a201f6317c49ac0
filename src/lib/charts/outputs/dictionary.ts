import { explanation as freshnessMeans } from '#lib/domain/freshness.ts';
import { criterion } from '#lib/domain/stage.ts';
import { means as movedMeans } from '#lib/domain/movement.ts';
import { means as timingMeans } from '#lib/domain/timing.ts';
import type { ChartSpec } from '../spec.ts';
import { table } from './table.ts';

const others: Record<string, string> = {
	part: 'The part of the plan the row counts; the plan’s short name stands for the whole of it.',
	key: 'The meeting, or the part of the plan, that the row is about.',
	date: 'The day the meeting began.',
	detail: 'The title in full.',
	fresh: 'Reported or confirmed unchanged for the meeting.',
	expected: 'Expected to report: reported, confirmed, carried forward and without a report, together.',
	unstated: 'Reported or confirmed, and nothing was said of its timing.',
	main: 'Initiatives that have the element, or something below it, as their main aim.',
	contributing: 'Initiatives that contribute to the element, with their main aim elsewhere.',
	group: 'The sub-region; regional bodies stand together at the end.',
	entity: 'The Member or regional body.',
	from: 'The item the link begins at.',
	to: 'The item the link leads to.',
	relation: 'What the one is to the other.',
	certainty: 'Documented: a public source says so. Inferred: our reading.',
	initiatives: 'Initiatives whose main aims are at both ends of the link; empty between whole plans.',
	text: 'Why the link was drawn.',
	what: 'The meeting reported for, or the milestone.',
	when: 'The day of the meeting; of a milestone the day it was done, or else due.',
	who: 'Who reported.',
	state: 'The stage reported, or what became of the milestone.',
	freshness: 'How fresh the report is.',
	timing: 'Whether it was on time, as the reporter sees it.',
	slip_days: 'Days a milestone came, or stands, after its day; below zero when it came early.'
};

/** What each column of a chart's table means. */
export function dictionary(spec: ChartSpec): { label: string; means: string }[] {
	return table(spec).columns.map(({ key, label }) => ({ label, means: meaning(spec, key) }));
}

function meaning(spec: ChartSpec, key: string) {
	if (spec.kind === 'matrix') {
		const column = spec.columns.find((one) => one.key === key);
		if (column)
			return `${column.title}: the middle stage of what was reported, and how many were reported on of how many expected.`;
	}
	const words: Record<string, string> = {
		...criterion,
		...freshnessMeans,
		...timingMeans,
		...movedMeans,
		...others
	};
	return words[key] ?? '';
}
