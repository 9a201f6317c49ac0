import { fresh, type Tally } from '#lib/domain/tally.ts';
import type { PanelInput, RoundRow } from './rounds.ts';
import * as say from './sentence.ts';
import type { Setting } from './setting.ts';
import type { BarsSpec } from './spec.ts';
import { stages } from './stages.ts';

/** One Member (or body) over time: how its initiatives stand at each meeting. Its own history is the only comparison. */
export function member(
	name: string,
	whole: readonly RoundRow[],
	parts: readonly PanelInput[],
	setting: Setting
): BarsSpec {
	const spec = stages(whole, parts, setting);
	const last = whole.at(-1);
	return {
		...spec,
		question: 'member',
		title: last
			? title(name, last.tally, say.meetingName(last.meeting))
			: `${name} has not been asked to report yet`,
		subtitle: `${name}: ${spec.subtitle.charAt(0).toLowerCase()}${spec.subtitle.slice(1)}`
	};
}

/** What a Member's chart says aloud. */
function title(name: string, tally: Tally, meeting: string) {
	const { expected, implemented } = tally;
	const heard = fresh(tally);
	if (expected === 0) return `${name} was not expected to report for ${meeting}`;
	if (heard === 0)
		return `${name} did not report for ${meeting}; ${say.some(expected)} ${say.was(expected)} expected`;
	const all =
		expected === 1
			? 'its one initiative'
			: `${expected === 2 ? 'both' : `all ${say.number(expected)}`} of its initiatives`;
	const on = heard === expected ? all : `${say.number(heard)} of its ${say.number(expected)} initiatives`;
	const done =
		implemented === 0
			? 'none is implemented yet'
			: `${say.number(implemented)} ${say.is(implemented)} implemented`;
	const one = expected === 1 ? (implemented === 1 ? 'it is implemented' : 'it is not implemented yet') : done;
	return `${name} reported on ${on} for ${meeting}; ${one}`;
}
