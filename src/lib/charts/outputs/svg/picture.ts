import { r, type Drawing } from './marks.ts';
import { namesWidth } from './names.ts';
import { escape } from './text.ts';

/** One picture of a chart: bar charts have one for each panel, the others one in all. */
export type Picture = Drawing & {
	key: string;
	title: string;
	href?: string;
	whole: boolean;
	/** What it shows, for whoever does not see it. */
	words: string;
};

/** A picture for a page that has the style sheet: as wide as there is room, described for whoever does not see it. */
export function inline(picture: Picture) {
	const { body, height } = picture;
	return `<svg class="wm" role="img" width="100%" height="${r(height)}" aria-label="${escape(named(picture))}">${body}</svg>`;
}

/** What stands to the right of it, where there is room. */
export function beside({ beside, height }: Picture) {
	if (!beside) return '';
	return `<svg class="wm beside" aria-hidden="true" width="${namesWidth}" height="${r(height)}">${beside}</svg>`;
}

/** A picture in words. */
export function named({ title, words }: Picture) {
	return title ? `${title}. ${words}` : words;
}
