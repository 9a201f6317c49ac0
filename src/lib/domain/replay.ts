import { freshnesses, isFresh, type Freshness } from './freshness.ts';
import { ladder, offLadder, rank, type LadderStage, type Stage } from './stage.ts';
import { medianStage } from './tally.ts';

/** One expectation at one round; null where it was not expected. */
export type Seen = { freshness: Freshness; stage: Stage | null } | null;

/** Where something stands in a replay: at a stage, or nowhere yet because nothing was ever heard of it. */
export type Place = Stage | 'unknown';

/** How it came to stand there: moved by a fresh report, up, down or otherwise, or heard of for the first time. */
export type Came = 'up' | 'down' | 'aside' | 'first';

export type Shown = { place: Place; look: Freshness; came: Came | null };

/**
 * One expectation through the rounds. It moves only where a fresh report moves it: what is carried or missing stands where
 * it was last seen, and looks so. Where it is not expected it is not in the picture.
 */
export function track(history: readonly Seen[]): (Shown | null)[] {
	let place: Place = 'unknown';
	return history.map((seen) => {
		if (!seen) return null;
		const before = place;
		if (isFresh(seen.freshness) && seen.stage) place = seen.stage;
		return { place, look: seen.freshness, came: came(before, place) };
	});
}

function came(before: Place, now: Place): Came | null {
	if (before === now) return null;
	if (before === 'unknown') return 'first';
	const [from, to] = [rank(before), now === 'unknown' ? null : rank(now)];
	if (from === null || to === null) return 'aside';
	return to > from ? 'up' : 'down';
}

/** How many stand at a place in a round: by how fresh they are, and by how they came to it in this round. */
export type Stand = Record<Freshness | Came, number>;

/** Where everything of a slice stands in a round. */
export type Picture = Partial<Record<Place, Stand>>;

const nobody = (): Stand => ({
	reported: 0,
	confirmed: 0,
	carried: 0,
	missing: 0,
	up: 0,
	down: 0,
	aside: 0,
	first: 0
});

/** Puts one more into the picture. */
export function put(picture: Picture, { place, look, came }: Shown) {
	const stand = (picture[place] ??= nobody());
	stand[look]++;
	if (came) stand[came]++;
}

/** How many stand at a place, however fresh. */
export function size(stand: Stand | undefined) {
	return stand ? freshnesses.reduce((n, freshness) => n + stand[freshness], 0) : 0;
}

/** Several expectations as one cell of a matrix. */
export type Cell = Shown & { fresh: number; expected: number };

/**
 * A cell through the rounds: it stands where the middle one of its expectations stands, of two the lower. It too moves only in
 * a round in which a fresh report moved one of them: that some of them leave, join or fall silent does not move it.
 */
export function cell(pictures: readonly (Picture | undefined)[]): (Cell | null)[] {
	let place: Place = 'unknown';
	return pictures.map((picture) => {
		const stands = Object.values(picture ?? {});
		if (!picture || stands.length === 0) return null;
		const total = (what: Freshness | Came) => stands.reduce((n, stand) => n + stand[what], 0);
		const before = place;
		const moved = total('up') + total('down') + total('aside') + total('first') > 0;
		if (moved) place = middle(picture) ?? place;
		return {
			place,
			look: freshnesses.find((freshness) => total(freshness) > 0)!,
			came: came(before, place),
			fresh: total('reported') + total('confirmed'),
			expected: stands.reduce((n, stand) => n + size(stand), 0)
		};
	});
}

function middle(picture: Picture): Place | undefined {
	const on = Object.fromEntries(ladder.map((stage) => [stage, size(picture[stage])]));
	return (
		medianStage(on as Record<LadderStage, number>) ?? offLadder.find((stage) => size(picture[stage]) > 0)
	);
}
