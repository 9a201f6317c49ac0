import type { Slide } from './deck.ts';

/** Where the Member that the room asks about goes. It has no chart of its own until one is chosen. */
export const spotlightId = 'spotlight';

export type Arranged = {
	slides: Slide[];
	/** Those of the usual deck that are left out. */
	left: Slide[];
	/** Names in the order that are no slide of this deck. */
	unknown: string[];
};

/** An order the office keeps for everybody. */
export type KeptOrder = { slides: string[]; version: number; by: string; at: string };

/** The usual deck with a place for the Member in the spotlight, after what needs attention. */
export function template(slides: readonly Slide[]): Slide[] {
	const place = slides.findIndex(({ kind }) => kind === 'attention') + 1;
	const spotlight: Slide = {
		id: spotlightId,
		kind: 'spotlight',
		title: 'Spotlight on a Member',
		sentence: 'One Member in the light.',
		notes:
			'Press / and the first letters of a name. Whoever the room asks about is here, with its own history and no other.',
		href: '/members'
	};
	return place > 0 ? [...slides.slice(0, place), spotlight, ...slides.slice(place)] : [...slides, spotlight];
}

/**
 * A deck in the order asked for; in the usual one where none is. `more` are slides that are not in the usual deck and can be put
 * in it: a spotlight on one Member. What is named twice comes once.
 */
export function arrange(
	usual: readonly Slide[],
	more: readonly Slide[],
	order: readonly string[] | null
): Arranged {
	const all = new Map([...usual, ...more].map((slide) => [slide.id, slide]));
	const wanted = [...new Set(order ?? usual.map(({ id }) => id))];
	const slides = wanted.flatMap((id) => all.get(id) ?? []);
	const unknown = wanted.filter((id) => !all.has(id));
	// A deck of nothing helps nobody.
	if (slides.length === 0) return { slides: [...usual], left: [], unknown };
	const shown = new Set(slides.map(({ id }) => id));
	return { slides, left: usual.filter(({ id }) => !shown.has(id)), unknown };
}

/** The order with a slide moved one place up or down. */
export function moved(order: readonly string[], id: string, by: -1 | 1): string[] {
	const from = order.indexOf(id);
	const to = from + by;
	if (from < 0 || to < 0 || to >= order.length) return [...order];
	const next = [...order];
	[next[from], next[to]] = [next[to]!, next[from]!];
	return next;
}

/** As an address says it: `overview,area-FA1,coverage`. */
export function readOrder(text: string | null | undefined): string[] | null {
	const ids = (text ?? '')
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean);
	return ids.length > 0 ? ids.slice(0, 200) : null;
}
