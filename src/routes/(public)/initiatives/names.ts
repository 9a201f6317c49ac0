import { certainty } from '#lib/domain/certainty.ts';
import { label as freshness } from '#lib/domain/freshness.ts';
import { label as moved } from '#lib/domain/movement.ts';
import type { Layer, movedFilters } from '#lib/domain/filter-words.ts';
import type { Filters } from '#lib/domain/schemas/filters.ts';
import { label as stage } from '#lib/domain/stage.ts';
import { label as timing } from '#lib/domain/timing.ts';
import { say } from '#lib/domain/words.ts';

/** What ids are called: of the plans, elements, entities and meetings a list may be asked for. */
export type Names = Record<'plan' | 'element' | 'entity' | 'meeting', Record<string, string>>;
export type Name = keyof Filters;

const layer: Record<Layer, string> = {
	reported: 'Reported by Members and bodies',
	public_record: 'Public record',
	demonstration: 'Demonstration'
};

/** What each filter is called, in the order they are shown. */
export const title: Record<Name, string> = {
	q: 'Search',
	meeting: 'Meeting',
	basis: 'Figures',
	plan: 'Plan',
	element: 'Part of the plan',
	role: 'How it serves it',
	entity: 'Member or body',
	subregion: 'Sub-region',
	freshness: 'Report',
	stage: 'Stage',
	timing: 'Timing',
	moved: 'Moved',
	from: 'Since',
	from_plan: 'Plan then',
	stalled: 'Stalled',
	theme: 'Theme',
	scope: 'Scope',
	certainty: 'Certainty',
	layer: 'Comes from'
};

/** A filter's value as a reader says it. What is not known by name stays as it was asked. */
export function nameOf(filter: Name, value: string, names: Names): string {
	const known: Partial<Record<Name, Record<string, string>>> = {
		...names,
		from: names.meeting,
		from_plan: names.plan,
		role: { main: 'Main aim', contributing: 'Contributes' },
		basis: { known: 'As known now', presented: 'As presented' },
		freshness: { ...freshness, fresh: 'Reported or confirmed', not_fresh: 'Carried forward or no report' },
		stage,
		timing: { ...timing, unstated: 'Timing not stated' },
		moved: { ...moved, panel: 'Reported both times' } satisfies Record<(typeof movedFilters)[number], string>,
		stalled: { '1': 'Same stage at three rounds' },
		layer
	};
	if (filter === 'theme' || filter === 'scope') return say(value.replaceAll('-', ' '));
	if (filter === 'certainty') return certainty(value).label;
	return known[filter]?.[value] ?? value;
}
