import type { Fields } from './draft.ts';
import { rank, type Stage } from './stage.ts';

/** Work of which it is worth knowing whether it is on time: on the ladder and not done. */
export function asksTiming({ stage, change }: Pick<Fields, 'stage' | 'change'>) {
	const place = stage ? rank(stage as Stage) : null;
	return change === '' && place !== null && stage !== 'implemented';
}
