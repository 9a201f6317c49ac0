import type { Noted } from '#lib/domain/movement.ts';
import { label } from '#lib/domain/stage.ts';
import type { Row } from './row.ts';

/** A line of the printed side: an initiative, who it was asked of, and how many of the list's rows that is. */
type Item = { title: string; who: string; count: number };

/** What was asked of several is one line, except where each went its own way. */
export function gathered(moved: Noted, rows: readonly Row[]): Item[] {
	if (moved === 'up' || moved === 'down')
		return rows.map(({ title, standings: [now] }) => ({
			title,
			who: `${now?.entity ?? ''}: ${said(now?.before?.stage)} → ${said(now?.stage)}`,
			count: 1
		}));
	return [...Map.groupBy(rows, ({ id }) => id).values()].map((of) => ({
		title: of[0]!.title,
		who: of.map(({ standings: [now] }) => now?.entity ?? '').join(', '),
		count: of.length
	}));
}

const said = (stage: NonNullable<Row['standings'][number]['stage']> | null | undefined) =>
	stage ? label[stage].toLowerCase() : '';
