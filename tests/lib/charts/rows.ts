import { count, type Tally } from '#lib/domain/tally.ts';
import { freshnesses } from '#lib/domain/freshness.ts';
import { stages } from '#lib/domain/stage.ts';
import { timings } from '#lib/domain/timing.ts';
import type { MeetingRef } from '#lib/charts/sentence.ts';
import type { Setting } from '#lib/charts/setting.ts';
import fc from 'fast-check';

/** Any tally that can exist: counted from expectations. */
export const anyTally: fc.Arbitrary<Tally> = fc
	.array(
		fc.record({
			freshness: fc.constantFrom(...freshnesses),
			stage: fc.constantFrom(...stages, null),
			timing: fc.constantFrom(...timings, null)
		}),
		{ maxLength: 60 }
	)
	.map(count);

/** A tally in short: so many reported at each stage, so many carried and missing. */
export function tally(reported: Partial<Tally>, carried = 0, missing = 0): Tally {
	const at = Object.entries(reported).filter(([key]) => (stages as readonly string[]).includes(key));
	const all = at.flatMap(([stage, n]) =>
		Array.from({ length: n }, () => ({
			freshness: 'reported' as const,
			stage: stage as 'pilot',
			timing: null
		}))
	);
	const silent = (freshness: 'carried' | 'missing', n: number) =>
		Array.from({ length: n }, () => ({ freshness, stage: null, timing: null }));
	return {
		...count([...all, ...silent('carried', carried), ...silent('missing', missing)]),
		...only(reported)
	};
}

function only(reported: Partial<Tally>) {
	return Object.fromEntries(
		Object.entries(reported).filter(([key]) => !(stages as readonly string[]).includes(key))
	);
}

export function meeting(id: string, starts_on = '2022-11-14', more: Partial<MeetingRef> = {}): MeetingRef {
	const [series = '', number = ''] = id.toUpperCase().split('-');
	return {
		id,
		title: `Meeting ${id}`,
		series,
		number: Number(number),
		starts_on,
		due_on: starts_on,
		frozen_at: null,
		...more
	};
}

export const setting: Setting = {
	of: 'RSP 2022-2024',
	filter: { plan: 'rsp-2022-2024' },
	params: { plan: 'rsp-2022-2024' },
	basis: 'known',
	as_of: 'Live',
	demonstration: false,
	sources: [{ label: 'status updates', href: null }]
};

/** The worked example of the method: 34 expected and 24 fresh, then 35 expected and 20 fresh; 12 implemented both times. */
export const worked = [
	{ meeting: meeting('rhca-23', '2022-05-18'), tally: tally({ implemented: 12, pilot: 12 }, 6, 4) },
	{ meeting: meeting('rcp-32'), tally: tally({ implemented: 12, pilot: 8 }, 10, 5) }
];
