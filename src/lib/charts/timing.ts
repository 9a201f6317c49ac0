import { label, shape, timings } from '#lib/domain/timing.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import * as rounds from './rounds.ts';
import * as say from './sentence.ts';
import type { Setting } from './setting.ts';
import type { BarsSpec, Series } from './spec.ts';
import { silence } from './stages.ts';

const series: Series[] = [
	...timings.map((timing): Series => ({
		key: timing,
		label: label[timing],
		tone: timing,
		texture: 'solid',
		shape: shape[timing],
		filter: { timing, freshness: 'fresh' }
	})),
	{
		key: 'unstated',
		label: 'Timing not stated',
		tone: 'unstated',
		texture: 'solid',
		filter: { timing: 'unstated', freshness: 'fresh' }
	},
	...silence
];

/** Are they on time? As the Members reported it for each meeting. */
export function timing(
	whole: readonly rounds.RoundRow[],
	parts: readonly rounds.PanelInput[],
	setting: Setting
): BarsSpec {
	return rounds.columns(
		{
			question: 'timing',
			series,
			unit: say.initiatives,
			measure: 'by timing',
			value,
			title,
			notes: () => ['Timing is the view of whoever reported. It says nothing about what was not reported.']
		},
		whole,
		parts,
		setting
	);
}

function value(tally: Tally, key: string) {
	return key === 'unstated' ? unstated(tally) : tally[key as keyof Tally];
}

function unstated(tally: Tally) {
	return fresh(tally) - timings.reduce((sum, one) => sum + tally[one], 0);
}

/** What a timing chart says aloud. */
export function title(tally: Tally, meeting: string) {
	if (tally.expected === 0) return `No initiatives were expected to report for ${meeting}`;
	if (fresh(tally) === 0) return `Nothing was reported for ${meeting}, so nothing is known about timing`;
	const stated = fresh(tally) - unstated(tally);
	if (stated === 0) return `No report for ${meeting} states whether the work is on time`;
	const late = tally.at_risk + tally.off_track;
	return `${say.share(late, stated, { one: 'initiative with a stated timing', many: 'initiatives with a stated timing' }, 'at risk or off track')} at ${meeting}`;
}
