import { explanation, freshnesses, label } from '#lib/domain/freshness.ts';
import { mayShowShare } from '#lib/domain/progress.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import * as rounds from './rounds.ts';
import * as say from './sentence.ts';
import type { Setting } from './setting.ts';
import type { BarsSpec, Series } from './spec.ts';

const textures = { reported: 'solid', confirmed: 'solid', carried: 'hatched', missing: 'outlined' } as const;

const series: Series[] = freshnesses.map((freshness) => ({
	key: freshness,
	label: label[freshness],
	tone: freshness,
	texture: textures[freshness],
	filter: { freshness }
}));

/** Who reported? How fresh the picture is at each meeting, of the whole and of its parts. */
export function coverage(
	whole: readonly rounds.RoundRow[],
	parts: readonly rounds.PanelInput[],
	setting: Setting,
	unit = say.initiatives
): BarsSpec {
	return rounds.columns(
		{
			question: 'coverage',
			series,
			unit,
			measure: 'by how fresh the report is',
			value: (tally, key) => tally[key as keyof Tally],
			title: (tally, meeting) => title(tally, meeting, unit),
			notes: () => freshnesses.map((one) => `${label[one]}: ${explanation[one]}`)
		},
		whole,
		parts,
		setting
	);
}

/** What a coverage chart says aloud. */
export function title(tally: Tally, meeting: string, unit = say.initiatives) {
	const { expected, carried, missing } = tally;
	if (expected === 0) return `No ${unit.many} were expected to report for ${meeting}`;
	const rate = mayShowShare(tally) ? ` (${say.percent(fresh(tally), expected)})` : '';
	const silent = [
		carried > 0 ? `${say.number(carried)} ${say.is(carried)} carried forward` : '',
		missing > 0 ? `${say.number(missing)} ${say.has(missing)} no report` : ''
	].filter(Boolean);
	const expectedOnes = { one: `${unit.one} expected`, many: `${unit.many} expected` };
	const heard = say.share(
		fresh(tally),
		expected,
		expectedOnes,
		unit === say.members ? 'heard from' : 'reported on',
		say.was
	);
	const rest = silent.length > 0 && expected > 1 && fresh(tally) > 0 ? `; ${say.together(silent)}` : '';
	return `${heard}${fresh(tally) > 0 ? rate : ''} for ${meeting}${rest}`;
}
