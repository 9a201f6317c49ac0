import { error, isHttpError } from '@sveltejs/kit';
import { NotFound } from '#lib/domain/errors.ts';
import { suggest } from '#lib/domain/package/suggest.ts';
import { fold } from '#lib/domain/text.ts';

/** Something that can be gone to, and the names somebody may know it by. */
export type Place = { label: string; href: string; names: (string | null | undefined)[] };

/** What was found; where nothing was, a 404 that names what was perhaps meant. */
export async function orSuggest<Found>(
	found: Promise<Found>,
	asked: string,
	places: () => Promise<Place[]>
): Promise<Found> {
	try {
		return await found;
	} catch (cause) {
		if (!(cause instanceof NotFound) || isHttpError(cause)) throw cause;
		error(404, cause.message, { suggestions: near(asked, await places()) });
	}
}

const most = 5;

/** Places one of whose names holds the words asked for, or is a slip away from them. */
export function near(asked: string, places: readonly Place[]) {
	const words = fold(asked);
	if (words === '') return [];
	const named = places.map((place) => ({ place, names: namesOf(place) }));
	const holding = named.filter(({ names }) => names.some((name) => isPart(words, name)));
	const slip = suggest(
		words,
		named.flatMap(({ names }) => names)
	);
	const slipped = named.filter(({ names }) => slip !== undefined && names.includes(slip));
	return [...new Set([...holding, ...slipped].map(({ place }) => place))]
		.slice(0, most)
		.map(({ label, href }) => ({ label, href }));
}

function namesOf({ names }: Place) {
	return names
		.flatMap((name) => (name ?? '').split('|'))
		.map(fold)
		.filter(Boolean);
}

function isPart(words: string, name: string) {
	const [short, long] = [words.replaceAll(' ', ''), name.replaceAll(' ', '')];
	return short.length > 2 && (long.includes(short) || (long.length > 3 && short.includes(long)));
}
