import { comparable, counts, inPoints, type Noted, type Slice } from '#lib/domain/movement.ts';
import { mayShowShare } from '#lib/domain/progress.ts';
import { fresh, type Tally } from '#lib/domain/tally.ts';
import { broken, type Renewed } from './movement.ts';
import * as say from './sentence.ts';

type Element = { id: string; plan_id: string; code: string; title: string };
type Entity = { id: string; name: string; kind: string };

/** What changed between two meetings, of the whole, of each part and of each that is asked. */
export type Changed = {
	total: Slice;
	elements: readonly (Slice & { element: Element })[];
	/** `nothing`: it answered that there is nothing to report. */
	entities: readonly (Slice & { entity: Entity; nothing: boolean })[];
	renewal: { ended: readonly Element[]; begun: readonly Element[] } | null;
};

export type Between = {
	from: string;
	to: string;
	renewal?: Renewed;
};

/** Names in one sentence; more are counted. */
const most = 8;

/**
 * What changed, as a presenter would say it: sentences that name their figures, `{up}`, so that each stays a link and stays
 * right. One line is one paragraph.
 */
export function telling(changed: Changed, { from, to, renewal }: Between): string {
	const { total } = changed;
	return [
		...(renewal && changed.renewal ? [overRenewal(changed.renewal, renewal)] : []),
		`${reported(total, from, to)} ${movedUp(total)} ${shares(total, from, to)}`.trim(),
		`${besides(total)} ${byPart(changed.elements)}`.trim(),
		whoWasSilent(changed.entities, to)
	]
		.filter(Boolean)
		.join('\n');
}

function overRenewal({ ended, begun }: NonNullable<Changed['renewal']>, renewal: Renewed) {
	const list = (elements: readonly Element[]) => few(elements.map(({ code, title }) => `${code} ${title}`));
	return [
		broken(renewal),
		...(ended.length > 0 ? [`Ended with ${renewal.from}: ${list(ended)}.`] : []),
		...(begun.length > 0 ? [`Begun with ${renewal.to}: ${list(begun)}.`] : [])
	].join(' ');
}

function reported({ before, now }: Slice, from: string, to: string) {
	if (now.expected === 0) return `Nothing was expected for ${to}.`;
	const percent = (tally: Tally, key: string) => (mayShowShare(tally) ? ` ({${key}})` : '');
	const heard = `For ${to}, {reported} of {expected initiatives} were reported on or confirmed unchanged${percent(now, 'coverage')}`;
	if (before.expected === 0) return `${heard}; nothing was expected for ${from}.`;
	const changed =
		before.expected === now.expected
			? ''
			: ' The number expected changed in between: the two meetings are not out of the same total.';
	return `${heard}; for ${from} it was {reported_before} of {expected_before}${percent(before, 'coverage_before')}.${changed}`;
}

function movedUp({ movement: { panel, up, down, same } }: Slice) {
	if (panel === 0) return 'Nothing was reported on both times, so no movement can be shown.';
	const none = (n: number, key: string) => (n === 0 ? 'none' : `{${key}}`);
	return `Of {panel initiatives} reported on both times, ${none(up, 'up')} moved up, ${none(down, 'down')} moved down and ${none(same, 'same')} stayed at the same stage.`;
}

function shares(slice: Slice, from: string, to: string) {
	const points = inPoints(slice);
	if (!points) return '';
	if (!comparable(slice))
		return `Too little was reported for ${from} or ${to} to compare shares, so only counts are given.`;
	return [
		'Among what was reported, the implemented share went from {rate_before} to {rate} ({change}): {within} among those that reported both times (within), {composition} because others reported (composition).',
		...(Math.abs(points.composition) > Math.abs(points.within)
			? ['More of the change comes from who reported than from work that moved.']
			: [])
	].join(' ');
}

const words: Partial<Record<Noted, string>> = {
	new: 'new',
	first: 'reported on for the first time',
	back: 'back from silence',
	ended: 'ended',
	silent: 'silent this time',
	corrected: 'corrected'
};

function besides(total: Slice) {
	const n = counts(total);
	const found = Object.entries(words).filter(([key]) => n[key as Noted] > 0);
	if (found.length === 0) return '';
	return `Besides: ${say.together(found.map(([key, said]) => `{${key}} ${said}`))}.`;
}

function byPart(elements: Changed['elements']) {
	const moved = elements.filter(({ movement: { up, down } }) => up + down > 0);
	if (moved.length === 0 || elements.length < 2) return '';
	const said = moved.map(({ element: { code }, movement: { up, down } }) =>
		[
			code,
			say.together([...(up > 0 ? [`{${code}.up} up`] : []), ...(down > 0 ? [`{${code}.down} down`] : [])])
		].join(' ')
	);
	return `By part of the plan: ${said.join('; ')}.`;
}

function whoWasSilent(entities: Changed['entities'], to: string) {
	const silent = entities.filter(isSilent).map(({ entity }) => entity.name);
	if (silent.length === 0) return '';
	return `{silent_members Members} asked to report for ${to} said nothing: ${few(silent)}.`;
}

/** A Member that was asked something and said nothing. */
export function isSilent({ entity, now, nothing }: Changed['entities'][number]) {
	return entity.kind === 'member' && now.expected > 0 && fresh(now) === 0 && !nothing;
}

function few(names: readonly string[]) {
	const rest = names.length - most;
	return rest > 1 ? `${names.slice(0, most).join(', ')} and ${rest} more` : say.together(names);
}
