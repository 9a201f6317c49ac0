import { attainment, mayShowShare } from '#lib/domain/progress.ts';
import { label, ladder, offLadder, type Stage } from '#lib/domain/stage.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import * as rounds from './rounds.ts';
import * as say from './sentence.ts';
import type { Setting } from './setting.ts';
import type { BarsSpec, Series } from './spec.ts';

/** From the ground up: what is done stands on the baseline, what is not known on top. */
const rungs: Series[] = [...ladder].reverse().map((stage) => ({
	key: stage,
	label: label[stage],
	tone: stage,
	texture: 'solid',
	filter: { stage, freshness: 'fresh' }
}));

const off: Series[] = offLadder.map((stage) => ({
	key: stage,
	label: label[stage],
	tone: stage,
	texture: 'solid',
	filter: { stage, freshness: 'fresh' }
}));

export const silence: Series[] = [
	{
		key: 'carried',
		label: 'Carried forward',
		tone: 'carried',
		texture: 'hatched',
		filter: { freshness: 'carried' }
	},
	{
		key: 'missing',
		label: 'No report',
		tone: 'missing',
		texture: 'outlined',
		filter: { freshness: 'missing' }
	}
];

/** How do initiatives stand at each meeting? The whole first, then one panel for each part of it. Rounds come in order. */
export function stages(
	whole: readonly rounds.RoundRow[],
	parts: readonly rounds.PanelInput[],
	setting: Setting,
	unit = say.initiatives
): BarsSpec {
	const rows = [...whole, ...parts.flatMap((part) => part.rows)];
	const occurring = off.filter(({ tone }) => rows.some(({ tally }) => tally[tone as Stage] > 0));
	const spec = rounds.columns(
		{
			question: 'stages',
			series: [...rungs, ...occurring, ...silence],
			unit,
			measure: 'by stage',
			value: (tally, key) => tally[key as keyof Tally],
			title: (tally, meeting) => title(tally, meeting, unit),
			notes: (tally, meeting) => [...open(tally, meeting, unit), ...median(unit)]
		},
		whole,
		parts,
		setting
	);
	const [first, ...rest] = spec.panels;
	return { ...spec, panels: [{ ...first!, bounds: rounds.bounds(rounds.drawn(whole)) }, ...rest] };
}

/** What a stage chart says aloud. */
export function title(tally: Tally, meeting: string, unit = say.initiatives) {
	if (tally.expected === 0) return `No ${unit.many} were expected to report for ${meeting}`;
	if (fresh(tally) === 0)
		return `Nothing was reported for ${meeting}: ${say.some(tally.expected, unit)} ${say.was(tally.expected)} expected`;
	const said = say.share(tally.implemented, fresh(tally), say.reportedOn(unit), 'implemented');
	const rate =
		mayShowShare(tally, fresh(tally)) && tally.implemented > 0
			? ` (${say.percent(tally.implemented, fresh(tally))})`
			: '';
	return `${said}${rate} at ${meeting}`;
}

/** The bounds in words. */
function open(tally: Tally, meeting: string, unit: say.Unit) {
	const silent = tally.carried + tally.missing;
	if (silent === 0 || fresh(tally) === 0) return [];
	const { implemented } = attainment(tally);
	return [
		`The thin line beside each column is what silence leaves open: at ${meeting} between ${say.number(implemented)} and ${say.number(implemented + silent)} of ${say.some(tally.expected, unit)} may be implemented.`
	];
}

function median(unit: say.Unit) {
	return unit === say.members ? ['Each Member counts once, at the median stage of its initiatives.'] : [];
}
