import { memberWeighted } from '#lib/domain/progress.ts';
import { ladder, offLadder } from '#lib/domain/stage.ts';
import { empty, fresh, medianStage, type Tally } from '#lib/domain/tally.ts';

/**
 * Members counted instead of initiatives: each once, at its median stage. One that reported on anything is reported
 * (or confirmed, when all it said was confirmed), one with nothing fresh is carried where anything is, else missing.
 */
export function weighed(members: readonly Tally[]): Tally {
	const asked = members.filter(({ expected }) => expected > 0);
	const { members: _, ...onLadder } = memberWeighted(asked);
	const tally = { ...empty(), ...Object.fromEntries(ladder.map((stage) => [stage, onLadder[stage]])) };
	tally.expected = asked.length;
	for (const one of asked) {
		if (fresh(one) > 0) tally[one.reported > 0 ? 'reported' : 'confirmed']++;
		else tally[one.carried > 0 ? 'carried' : 'missing']++;
		const off = offLadder.find((stage) => one[stage] > 0);
		if (fresh(one) > 0 && medianStage(one) === null && off) tally[off]++;
	}
	return tally;
}
