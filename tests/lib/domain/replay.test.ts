import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freshnesses, isFresh } from '#lib/domain/freshness.ts';
import { cell, put, size, track, type Picture, type Seen } from '#lib/domain/replay.ts';
import { stages } from '#lib/domain/stage.ts';

const reported = (stage: string): Seen => ({ freshness: 'reported', stage: stage as 'pilot' });
const carried = (stage: string): Seen => ({ freshness: 'carried', stage: stage as 'pilot' });
const missing: Seen = { freshness: 'missing', stage: null };

const seen: fc.Arbitrary<Seen> = fc.option(
	fc.record({ freshness: fc.constantFrom(...freshnesses), stage: fc.constantFrom(...stages, null) })
);

describe('one expectation through the rounds', () => {
	test('climbs when a report says so, and stands still, looking so, when none comes', () => {
		expect(
			track([null, missing, reported('pilot'), carried('pilot'), missing, reported('committed'), null])
		).toEqual([
			null,
			{ place: 'unknown', look: 'missing', came: null },
			{ place: 'pilot', look: 'reported', came: 'first' },
			{ place: 'pilot', look: 'carried', came: null },
			{ place: 'pilot', look: 'missing', came: null },
			{ place: 'committed', look: 'reported', came: 'down' },
			null
		]);
	});

	test('what leaves the ladder moves aside, and what is confirmed stays', () => {
		expect(
			track([reported('pilot'), { freshness: 'confirmed', stage: 'pilot' }, reported('discontinued')]).map(
				(one) => one?.came
			)
		).toEqual(['first', null, 'aside']);
	});

	test('never moves without a fresh report', () => {
		fc.assert(
			fc.property(fc.array(seen, { maxLength: 12 }), (history) => {
				const shown = track(history);
				let last = 'unknown';
				shown.forEach((one, i) => {
					expect(one === null).toBe(history[i] === null);
					if (!one) return;
					if (!isFresh(history[i]!.freshness)) expect([one.place, one.came]).toEqual([last, null]);
					expect(one.came === null).toBe(one.place === last);
					last = one.place;
				});
			})
		);
	});
});

/** What several expectations look like together, round by round. */
function together(histories: readonly (readonly Seen[])[]) {
	const rounds = histories[0]?.length ?? 0;
	const pictures = Array.from({ length: rounds }, (): Picture => ({}));
	for (const shown of histories.map(track))
		shown.forEach((one, round) => {
			if (one) put(pictures[round]!, one);
		});
	return pictures;
}

describe('a cell of the matrix', () => {
	test('stands at the middle one, of two the lower', () => {
		expect(cell(together([[reported('pilot')], [reported('implemented')]]))).toEqual([
			{ place: 'pilot', look: 'reported', came: 'first', fresh: 2, expected: 2 }
		]);
	});

	test('does not move because some of it fell silent or left', () => {
		const cells = cell(
			together([
				[reported('pilot'), missing, null],
				[reported('implemented'), reported('implemented'), reported('implemented')]
			])
		);
		expect(cells.map((one) => [one!.place, one!.look, one!.came])).toEqual([
			['pilot', 'reported', 'first'],
			['pilot', 'reported', null],
			['pilot', 'reported', null]
		]);
	});

	test('moves only in a round in which a fresh report moved something in it', () => {
		fc.assert(
			fc.property(
				fc.array(fc.array(seen, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 5 }),
				(histories) => {
					const tracks = histories.map(track);
					cell(together(histories)).forEach((one, round) => {
						expect(one === null).toBe(histories.every((history) => history[round] === null));
						if (!one || one.came === null) return;
						expect(tracks.some((track) => track[round]?.came)).toBe(true);
						expect(histories.some((history) => isFresh(history[round]?.freshness))).toBe(true);
					});
				}
			)
		);
	});

	test('what is carried or missing in all of it looks so', () => {
		const cells = cell(together([[reported('pilot'), carried('pilot'), missing]]));
		expect(cells.map((one) => [one!.look, one!.fresh, one!.expected])).toEqual([
			['reported', 1, 1],
			['carried', 0, 1],
			['missing', 0, 1]
		]);
	});
});

test('a place counts who stands there by how fresh, and who came up or down to it', () => {
	const picture: Picture = {};
	put(picture, { place: 'pilot', look: 'reported', came: 'up' });
	put(picture, { place: 'pilot', look: 'missing', came: null });
	put(picture, { place: 'pilot', look: 'reported', came: 'first' });
	expect(picture.pilot).toEqual({
		reported: 2,
		confirmed: 0,
		carried: 0,
		missing: 1,
		up: 1,
		down: 0,
		aside: 0,
		first: 1
	});
	expect([size(picture.pilot), size(picture.committed)]).toEqual([3, 0]);
});
