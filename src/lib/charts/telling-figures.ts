import { label, noted, counts, comparable, inPoints, type Slice } from '#lib/domain/movement.ts';
import { mayShowShare, rate } from '#lib/domain/progress.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import type { Figure, Figures } from '#lib/domain/wording.ts';
import { list } from './address.ts';
import * as say from './sentence.ts';
import type { Filter } from './spec.ts';
import { isSilent, type Changed } from './telling.ts';

/** What every list behind a figure asks for, at the later meeting and at the earlier. */
export type Asked = { now: Filter; before: Filter };

/** Every figure that words about two meetings can hold, each with the list behind it. */
export function figures(changed: Changed, asked: Asked): Figures {
	const { total, elements, entities } = changed;
	return {
		...whole(total, asked),
		silent_members: number(
			entities.filter(isSilent).length,
			'Members asked that said nothing',
			`/members?${new URLSearchParams({ ...only(asked.now, ['plan', 'meeting', 'basis']), silent: '1' })}`
		),
		...Object.assign(
			{},
			...elements.map(({ element, ...slice }) =>
				part(element.code, element.code, slice, asked, { element: element.id })
			)
		),
		...Object.assign(
			{},
			...entities.map(({ entity, ...slice }) =>
				part(entity.id, entity.name, slice, asked, { entity: entity.id })
			)
		)
	};
}

function whole(slice: Slice, asked: Asked): Figures {
	const { before, now, movement } = slice;
	const allowed = comparable(slice);
	const points = allowed ? inPoints(slice) : null;
	const change = (whole: number | undefined, label: string): Figure => ({
		value: null,
		words: whole === undefined ? withheld : say.points(whole),
		href: '/method#movement',
		label
	});
	const share = (tally: Tally, filter: Filter, label: string): Figure => ({
		value: null,
		words: allowed && rate(tally) !== null ? say.percent(tally.implemented, fresh(tally)) : withheld,
		href: list(filter, { stage: 'implemented', freshness: 'fresh' }),
		label
	});
	return {
		...heard('', now, only(asked.now, notOfMovement), ''),
		...heard('_before', before, asked.before, ', the meeting before'),
		panel: number(movement.panel, 'Reported both times', list(asked.now, { moved: 'panel' })),
		...moved('', '', slice, asked.now),
		rate: share(now, only(asked.now, notOfMovement), 'Implemented share of what was reported'),
		rate_before: share(before, asked.before, 'Implemented share, the meeting before'),
		change: change(points?.change, 'Change of the implemented share'),
		within: change(points?.within, 'Change within those that reported both times'),
		composition: change(points?.composition, 'Change because others reported')
	};
}

const withheld = 'too little reported to say';
const notOfMovement = ['plan', 'meeting', 'basis', 'element', 'entity'];

function heard(suffix: string, tally: Tally, filter: Filter, when: string): Figures {
	return {
		[`reported${suffix}`]: number(
			fresh(tally),
			`Reported or confirmed${when}`,
			list(filter, { freshness: 'fresh' })
		),
		[`expected${suffix}`]: number(tally.expected, `Expected${when}`, list(filter)),
		[`coverage${suffix}`]: {
			value: null,
			words: mayShowShare(tally) ? say.percent(fresh(tally), tally.expected) : 'no percentage: too few',
			href: '/method#coverage',
			label: `Coverage${when}`
		}
	};
}

function part(key: string, name: string, slice: Slice, asked: Asked, filter: Filter): Figures {
	const own = { ...asked.now, ...filter };
	return {
		[`${key}.reported`]: number(
			fresh(slice.now),
			`${name}: reported or confirmed`,
			list(only(own, notOfMovement), { freshness: 'fresh' })
		),
		[`${key}.expected`]: number(slice.now.expected, `${name}: expected`, list(only(own, notOfMovement))),
		[`${key}.panel`]: number(
			slice.movement.panel,
			`${name}: reported both times`,
			list(own, { moved: 'panel' })
		),
		...moved(`${key}.`, `${name}: `, slice, own)
	};
}

function moved(prefix: string, name: string, slice: Slice, filter: Filter): Figures {
	const n = counts(slice);
	return Object.fromEntries(
		noted.map((how) => {
			const said = name ? `${name}${label[how].toLowerCase()}` : label[how];
			return [`${prefix}${how}`, number(n[how], said, list(filter, { moved: how }))];
		})
	);
}

/** A list of none would be an empty page: no link leads there. */
function number(value: number, label: string, href: string): Figure {
	return { value, words: say.number(value), href: value === 0 ? null : href, label };
}

function only(filter: Filter, keys: readonly string[]): Filter {
	return Object.fromEntries(Object.entries(filter).filter(([key]) => keys.includes(key)));
}
