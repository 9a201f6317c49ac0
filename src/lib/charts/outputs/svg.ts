import type { ChartSpec } from '../spec.ts';
import { bars } from './svg/bars.ts';
import { flow } from './svg/flow.ts';
import { matrix } from './svg/matrix.ts';
import type { Picture } from './svg/picture.ts';
import { steps } from './svg/steps.ts';
import { sentence } from './words.ts';

export { beside, inline, named, type Picture } from './svg/picture.ts';

/** The pictures of a chart. `uid` keeps ids apart where several charts share a page; `width` is in pixels, where it is known. */
export function pictures(spec: ChartSpec, uid: string = spec.question, width?: number): Picture[] {
	if (spec.kind === 'bars') return bars(spec, uid);
	const one = { key: 'whole', title: '', whole: true, words: sentence(spec) };
	if (spec.kind === 'matrix') return [{ ...one, ...matrix(spec, uid) }];
	if (spec.kind === 'flow') return [{ ...one, ...flow(spec, width) }];
	return [{ ...one, ...steps(spec, uid) }];
}
