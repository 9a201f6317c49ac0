import type { ChartSpec } from '../spec.ts';
import { table } from './table.ts';
import { sentence } from './words.ts';

/** The whole spec, with its sentence and its table, for whoever draws it elsewhere. */
export function json(spec: ChartSpec): string {
	return JSON.stringify({ ...spec, words: sentence(spec), table: table(spec) });
}
