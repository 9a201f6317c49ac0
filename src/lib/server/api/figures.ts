import { attainment } from '#lib/domain/progress.ts';
import { byStage, byTiming, medianStage, type Tally } from '#lib/domain/tally.ts';

// Figures as the API tells them.

function split({ expected, reported, confirmed, carried, missing }: Tally) {
	return { expected, reported, confirmed, carried, missing };
}

export function progress(tally: Tally) {
	return { ...split(tally), stages: byStage(tally), timing: byTiming(tally), attainment: attainment(tally) };
}

export function cell(tally: Tally) {
	return { ...split(tally), stages: byStage(tally), median_stage: medianStage(tally) };
}
