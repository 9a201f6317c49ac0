import {
	comparable,
	inPoints,
	label,
	movements,
	net,
	sign,
	type Moved,
	type Movement
} from '#lib/domain/movement.ts';
import { empty, type Tally } from '#lib/domain/tally.ts';
import * as say from './sentence.ts';
import { provenance, type Setting } from './setting.ts';
import type { BarsSpec, Filter, Panel, Series } from './spec.ts';

const outlined: Moved[] = ['silent'];

const series: Series[] = movements.map((moved) => ({
	key: moved,
	label: label[moved],
	tone: moved,
	texture: outlined.includes(moved) ? 'outlined' : 'solid',
	shape: sign[moved],
	filter: { moved }
}));

export type Moving = {
	key: string;
	title: string;
	href?: string;
	filter?: Filter;
	movement: Movement;
	/** The slice's tallies at both meetings: they decide whether a share may be named. */
	before?: Tally;
	now?: Tally;
};

/** The plan in force at either meeting, where it was renewed in between. */
export type Renewed = { from: string; to: string };

/** What moved between two meetings? The whole first, then each part. */
export function movement(
	whole: Moving,
	parts: readonly Moving[],
	meetings: { from: say.MeetingRef; to: say.MeetingRef; renewal?: Renewed },
	setting: Setting
): BarsSpec {
	const { renewal } = meetings;
	const [from, to] = [say.meetingName(meetings.from), say.meetingName(meetings.to)];
	const now = whole.now ?? empty();
	return {
		kind: 'bars',
		question: 'movement',
		orientation: 'horizontal',
		stacked: false,
		unit: say.initiatives,
		over: 'Part of the plan',
		params: setting.params,
		title: title(whole.movement, from, to),
		subtitle: [
			`Initiatives of ${setting.of}, ${from} (${say.monthOf(meetings.from.starts_on)}) to ${to} (${say.monthOf(meetings.to.starts_on)})`,
			`${say.some(whole.movement.panel)} reported at both`,
			...(renewal ? [`${renewal.from} continued by ${renewal.to}`] : []),
			`${to}: ${say.nOfN(now)}`
		].join(' · '),
		series,
		panels: [
			{ ...panelOf(whole, setting, renewal), whole: true },
			...parts.map((part) => ({
				...panelOf(part, setting, renewal),
				words: title(part.movement, from, to)
			}))
		],
		provenance: provenance(setting, whole.now ?? null),
		notes: [
			`Up, same and down compare only what was reported on for both meetings; net ${signed(net(whole.movement))}. Carried values never count as movement.`,
			'One initiative can be in two rows: new and ended, say.',
			...(renewal ? [broken(renewal)] : []),
			...change(whole, from, to)
		]
	};
}

/** What is said of the break that a plan's renewal is. */
export function broken({ from, to }: Renewed) {
	return `${to} came in place of ${from} in between. Only what a meeting has agreed to be equal in both is compared; everything else of ${to} counts as new.`;
}

function panelOf(moving: Moving, setting: Setting, renewal?: Renewed): Panel {
	const { key, title, href, filter, movement, now } = moving;
	return {
		key,
		title,
		...(href && { href }),
		filter: { ...setting.filter, ...filter },
		categories: [{ key, label: title, expected: now?.expected ?? movement.panel, fresh: movement.panel }],
		values: series.map((one) => [movement[one.key as Moved]]),
		breaks: breaks(moving, renewal)
	};
}

/** The two meetings can't be compared without a word where the number expected changed, or the plan was renewed. */
function breaks({ before, now }: Moving, renewal?: Renewed): Panel['breaks'] {
	if (!before || !now || (before.expected === now.expected && !renewal)) return [];
	const [from, to] = [before.expected, now.expected];
	const expected = `${say.number(from)} → ${say.number(to)} expected`;
	return [{ before: 0, from, to, text: renewal ? `${expected}: ${renewal.from} → ${renewal.to}` : expected }];
}

/** What a movement chart says aloud. */
export function title(moved: Movement, from: string, to: string) {
	const { panel, up, same, down } = moved;
	const between = `Between ${from} and ${to},`;
	if (panel === 0) return `${between} no initiative was reported on both times, so no movement can be shown`;
	if (panel === 1) {
		const did = up === 1 ? 'moved up' : down === 1 ? 'moved down' : 'stayed at the same stage';
		return `${between} the one initiative reported on both times ${did}`;
	}
	if (same === panel)
		return `${between} none of the ${say.number(panel)} initiatives reported on both times changed stage`;
	return `${between} ${say.some(up)} moved up and ${down === 0 ? 'none' : say.number(down)} moved down; ${same === 0 ? 'none' : say.number(same)} stayed at the same stage`;
}

/**
 * The change of the implemented share, split into what the panel did and who answered. Named only where both meetings
 * allow a percentage and the panel is not tiny.
 */
function change({ movement, before, now }: Moving, from: string, to: string) {
	const points = before && now && inPoints({ movement, before, now });
	if (!points) return [];
	const { within, composition } = points;
	if (!comparable({ movement, before, now }))
		return [`Too little was reported at ${from} or ${to} to compare shares, so only counts are given.`];
	const split =
		`The implemented share of what was reported: ${say.points(points.change)} in all; ` +
		`${say.points(within)} among the ${say.number(movement.panel)} that reported both times (within), ${say.points(composition)} from who reported (composition).`;
	if (Math.abs(composition) <= Math.abs(within)) return [split];
	return [split, 'More of the change comes from who reported than from work that moved.'];
}

const signed = (n: number) => (n > 0 ? `+${n}` : String(n).replace('-', '−'));
