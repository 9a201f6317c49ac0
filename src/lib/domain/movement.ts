import { isFresh, type Freshness } from './freshness.ts';
import { enoughCases, mayShowShare, rate } from './progress.ts';
import { rank, type Stage } from './stage.ts';
import type { Tally } from './tally.ts';
import type { Change } from './words.ts';

/** One expectation at a meeting, as movement sees it. */
export type Side = { freshness: Freshness; stage: Stage | null; change: Change | null };

/** So many expectations of the later meeting, with what stood for them at the earlier: null when not expected there. */
export type Pair = { before: Side | null; now: Side; count: number };

export type Movement = {
	panel: number;
	up: number;
	same: number;
	down: number;
	new: number;
	ended: number;
	silent: number;
	back: number;
	within: number | null;
	composition: number | null;
};

export const movements = ['up', 'same', 'down', 'new', 'ended', 'silent', 'back'] as const;
export type Moved = (typeof movements)[number];

/**
 * What is told of an expectation beside its movement: nothing was ever reported on it before, or a report on it was
 * replaced by another.
 */
export const asides = ['first', 'corrected'] as const;
export const noted = [...movements, ...asides] as const;
export type Noted = (typeof noted)[number];

export const label: Record<Noted, string> = {
	up: 'Moved up',
	same: 'Same stage',
	down: 'Moved down',
	new: 'New',
	ended: 'Ended',
	silent: 'Silent this time',
	back: 'Back from silence',
	first: 'First report',
	corrected: 'Corrected'
};

export const means: Record<Noted, string> = {
	up: 'Reported at both meetings, and at a later stage now.',
	same: 'Reported at both meetings, at the same stage.',
	down: 'Reported at both meetings, and at an earlier stage now. A step back is allowed and has its own mark.',
	new: 'Reported now, and not expected at the earlier meeting.',
	ended: 'Reported now with the word that it has ended.',
	silent: 'Reported at the earlier meeting, expected now, and not reported.',
	back: 'Expected at both meetings, not reported at the earlier one, reported now.',
	first: 'Reported now, and at no round before.',
	corrected:
		'Another report took the place of the one for this meeting, or one for the earlier meeting came after it.'
};

/** One slice at two meetings: what it was, what it is, and what happened in between. */
export type Slice = { before: Tally; now: Tally; movement: Movement; first: number; corrected: number };

/** Each way an expectation can have gone, with how many did. */
export function counts({ movement, first, corrected }: Slice): Record<Noted, number> {
	const moved = Object.fromEntries(movements.map((how) => [how, movement[how]]));
	return { ...moved, first, corrected } as Record<Noted, number>;
}

/** A sign for each, so that no meaning hangs on colour. */
export const sign: Record<Noted, string> = {
	up: '↑',
	same: '=',
	down: '↓',
	new: '+',
	ended: '|',
	silent: '…',
	back: '«',
	first: '°',
	corrected: '*'
};

/** What happened to one expectation. Several can hold at once: new and ended, say. Carried values never appear. */
export function classify({ before, now }: Pick<Pair, 'before' | 'now'>): Moved[] {
	const was = isFresh(before?.freshness);
	const is = isFresh(now.freshness);
	const found: Moved[] = [];
	const step = was && is ? stepped(before!.stage, now.stage) : null;
	if (step !== null) found.push(step > 0 ? 'up' : step < 0 ? 'down' : 'same');
	if (is && !before) found.push('new');
	if (is && now.change === 'ended') found.push('ended');
	if (was && !is) found.push('silent');
	if (before && !was && is) found.push('back');
	return found;
}

/** Rungs climbed; null unless both are on the ladder. */
function stepped(before: Stage | null, now: Stage | null) {
	const from = before && rank(before);
	const to = now && rank(now);
	return from === null || to === null ? null : to - from;
}

/**
 * What moved between two meetings, given the pairs and both meetings' tallies of the same slice. The change of the rate
 * is split exactly: within the panel that answered both times, and by who answered.
 */
export function movement(pairs: readonly Pair[], before: Tally, now: Tally): Movement {
	const counts: Record<Moved, number> = { up: 0, same: 0, down: 0, new: 0, ended: 0, silent: 0, back: 0 };
	let implementedThen = 0;
	let implementedNow = 0;
	for (const pair of pairs) {
		const found = classify(pair);
		for (const moved of found) counts[moved] += pair.count;
		if (!found.some((moved) => moved === 'up' || moved === 'same' || moved === 'down')) continue;
		if (pair.before!.stage === 'implemented') implementedThen += pair.count;
		if (pair.now.stage === 'implemented') implementedNow += pair.count;
	}
	const panel = counts.up + counts.same + counts.down;
	return { panel, ...counts, ...split(panel, implementedThen, implementedNow, rate(before), rate(now)) };
}

function split(panel: number, then: number, now: number, rateThen: number | null, rateNow: number | null) {
	const within = panel > 0 ? (now - then) / panel : null;
	const change = rateThen !== null && rateNow !== null ? rateNow - rateThen : null;
	return { within, composition: within !== null && change !== null ? change - within : null };
}

/**
 * May the implemented shares of the two meetings be compared in percent? Only where both allow a percentage and the panel is
 * not tiny.
 */
export function comparable({ before, now, movement }: Pick<Slice, 'before' | 'now' | 'movement'>) {
	const { within, composition, panel } = movement;
	const split = within !== null && composition !== null;
	return split && mayShowShare(before) && mayShowShare(now) && panel >= enoughCases;
}

/**
 * The split in whole points, of one rounding so that what stands together adds up: the shares are rounded, the change is their
 * difference, and composition is what within leaves of it.
 */
export function inPoints({ before, now, movement }: Pick<Slice, 'before' | 'now' | 'movement'>) {
	const [then, later] = [rate(before), rate(now)];
	if (movement.within === null || then === null || later === null) return null;
	const change = Math.round(later * 100) - Math.round(then * 100);
	const within = Math.round(movement.within * 100);
	return { change, within, composition: change - within };
}

/** Up less down. */
export function net({ up, down }: Pick<Movement, 'up' | 'down'>) {
	return up - down;
}
