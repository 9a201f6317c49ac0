import type { Filters } from '#lib/domain/schemas/filters.ts';
import { count } from '#lib/domain/text.ts';
import { nameOf, type Name, type Names } from './names.ts';

type List = {
	total: number;
	filters: Filters;
	/** Rows are initiatives asked of an entity at a meeting. */
	expectations: boolean;
	meeting: string | null;
	from: string | null;
};

/** What a list shows and how many, in one sentence: "12 initiatives expected of Fiji under FA1 for RHCA-25, moved up since RCP-33." */
export function sentence({ total, filters, expectations, meeting, from }: List, names: Names) {
	const say = (name: Name) => (filters[name] ? nameOf(name, filters[name], names) : undefined);
	const lower = (name: Name) => say(name)?.toLowerCase();
	const whose = say('entity') ?? (filters.subregion && `Members of ${say('subregion')}`);
	const serves = say('element') ?? say('plan');
	const how = filters.role === 'contributing' ? 'that contribute to' : 'under';
	const parts = [
		filters.layer && `(${lower('layer')})`,
		expectations
			? `expected${whose ? ` of ${whose}` : ''}`
			: whose && `in which ${filters.entity ? whose : `${whose}`} take${filters.entity ? 's' : ''} part`,
		serves && `${how} ${serves}`,
		filters.theme && `on ${lower('theme')}`,
		expectations &&
			meeting &&
			`for ${nameOf('meeting', meeting, names)}${filters.basis === 'presented' ? ', as presented' : ''}`
	];
	const which = [
		filters.freshness ? lower('freshness') : (filters.stage || filters.timing) && 'reported or confirmed',
		filters.stage && `at the stage “${lower('stage')}”`,
		filters.timing && lower('timing'),
		filters.moved &&
			`${lower('moved')}${from ? ` since ${nameOf('from', from, names)}${filters.from_plan ? ` and its ${say('from_plan')}` : ''}` : ''}`,
		filters.stalled && 'at the same stage, below implemented, for three rounds in a row',
		filters.scope && `${lower('scope')} in scope`,
		filters.certainty && `certainty “${lower('certainty')}”`,
		filters.q && `found for “${filters.q}”`
	].filter(Boolean);
	const what =
		`${total === 0 ? 'No initiatives' : count(total, 'initiative')} ${parts.filter(Boolean).join(' ')}`.trim();
	return `${[what, ...which].join(', ')}.`;
}
